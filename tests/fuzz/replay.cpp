// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace {

namespace fs = std::filesystem;

int digitOf(char c)
{
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
}

/// Findings are kept as hexadecimal digits, in lines; what follows a '#' is for people.
std::string unhex(const std::string &text)
{
    std::string bytes;
    int high = -1;
    bool isComment = false;
    for (const char c : text) {
        isComment = c == '#' || (isComment && c != '\n');
        const int digit = isComment ? -1 : digitOf(c);
        if (digit < 0) {
            continue;
        }
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    return bytes;
}

} // namespace

/// replay DIRECTORY…: runs every file in them through the target; *.hex are digits, others bytes.
int main(int count, char **arguments)
{
    std::vector<fs::path> files;
    for (int i = 1; i < count; ++i) {
        std::error_code error;
        for (const fs::directory_entry &entry : fs::directory_iterator(arguments[i], error)) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    for (const fs::path &path : files) {
        std::ifstream file(path, std::ios::binary);
        std::string input(std::istreambuf_iterator<char>(file), {});
        if (path.extension() == ".hex") {
            input = unhex(input);
        }
        std::fprintf(stderr, "%s: %zu bytes\n", path.c_str(), input.size());
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.data()), input.size());
    }
    std::fprintf(stderr, "%zu inputs\n", files.size());
    return files.empty() ? 1 : 0;
}
