// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmark/figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

namespace cutaway::benchmark {

namespace {

std::string shownValue(double value, const std::string &unit)
{
    return unit.empty() ? fixed(value, value < 0.1 ? 4 : 2) : fixed(value, 1) + " " + unit;
}

} // namespace

std::string fixed(double number, int digits)
{
    std::array<char, 64> text;
    const int size = std::snprintf(text.data(), text.size(), "%.*f", digits, number);
    return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

void Figures::add(Figure figure)
{
    if (!m_holdsLimits) {
        figure.limit.reset();
    }
    const char *verdict = !figure.limit ? "" : figure.holds() ? "ok" : "MISSED";
    const std::string limit =
        figure.limit ? "≤ " + shownValue(*figure.limit, figure.unit) : std::string();
    std::printf("%-46s %12s  %-14s %-6s  %s\n",
                figure.name.c_str(),
                shownValue(figure.value, figure.unit).c_str(),
                limit.c_str(),
                verdict,
                figure.detail.c_str());
    std::fflush(stdout);
    m_all.push_back(std::move(figure));
}

bool Figures::allHold() const
{
    return std::ranges::all_of(m_all, &Figure::holds);
}

Result<> Figures::write(const std::string &path) const
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Figure &figure : m_all) {
        nlohmann::ordered_json row;
        row["name"] = figure.name;
        row["value"] = figure.value;
        row["unit"] = figure.unit;
        row["limit"] = figure.limit ? nlohmann::ordered_json(*figure.limit) : nullptr;
        row["holds"] = figure.holds();
        row["detail"] = figure.detail;
        list.push_back(std::move(row));
    }
    std::ofstream file(path);
    file << nlohmann::ordered_json{{"schemaVersion", 1}, {"figures", list}}.dump(2) << '\n';
    return file.flush() ? Result<>() : fail(ErrorCode::Io, path + " cannot be written");
}

bool Figures::addFrom(const std::string &path)
{
    std::ifstream file(path);
    const auto document = nlohmann::json::parse(file, nullptr, false);
    if (!document.is_object() || !document.contains("figures")) {
        return false;
    }
    for (const auto &row : document["figures"]) {
        Figure figure{row["name"], row["value"], row["unit"], std::nullopt, row["detail"]};
        if (row["limit"].is_number()) {
            figure.limit = row["limit"].get<double>();
        }
        add(std::move(figure));
    }
    return !document["figures"].empty();
}

} // namespace cutaway::benchmark
