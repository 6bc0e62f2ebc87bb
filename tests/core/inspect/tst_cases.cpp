// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis.h"
#include "core/base/text.h"
#include "core/source/loader.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

using namespace cutaway;
using nlohmann::json;

namespace {

struct Exception
{
    const char *id;
    const char *field;
    const char *reason;
};

/// Where we differ from the reference model on purpose.
const std::vector<Exception> kExceptions = {
    {"tiny_hl-forward.oci.tar",
     "tree[h].size",
     "the link stands before its target; it binds whatever the order, the model lets it dangle"},
    {"tiny_hl-forward.oci.tar", "merged.bytes_hardlinks_once", "the same link, bound once"},
};

bool isExcepted(const std::string &id, const std::string &field)
{
    return std::ranges::any_of(kExceptions, [&](const Exception &exception) {
        return id == exception.id && field.starts_with(exception.field);
    });
}

json readJson(const std::string &path)
{
    std::ifstream file(path);
    return json::parse(file);
}

std::string text(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::string escaped(std::string_view path)
{
    if (isUtf8(path)) {
        return std::string(path);
    }
    std::string out;
    for (const char byte : path) {
        const auto code = static_cast<unsigned char>(byte);
        if (code >= 32 && code < 127 && code != 37) {
            out += byte;
        } else {
            constexpr std::string_view kDigits = "0123456789ABCDEF";
            out += '%';
            out += kDigits[code >> 4];
            out += kDigits[code & 15];
        }
    }
    return out;
}

const char *typeName(EntryType type)
{
    switch (type) {
    case EntryType::File: return "file";
    case EntryType::Directory: return "dir";
    case EntryType::Symlink: return "symlink";
    case EntryType::HardLink: return "file";
    case EntryType::CharDevice: return "char";
    case EntryType::BlockDevice: return "block";
    case EntryType::Fifo: return "fifo";
    default: return "?";
    }
}

/// Everything visible in the end, pre-order.
struct Seen
{
    std::string path;
    EntryId entry = kNone;
    EntryId content = kNone;
    std::string type;
};

std::vector<Seen> finalTree(const PathTree &tree)
{
    std::vector<Seen> rows;
    std::vector<NodeId> stack = {kRoot};
    while (!stack.empty()) {
        const NodeId id = stack.back();
        stack.pop_back();
        const EntryId entry = tree.finalEntry(id);
        if (id != kRoot && entry == kNone) {
            continue;
        }
        if (id != kRoot) {
            Seen row{tree.path(id).substr(1), entry, entry, {}};
            if (tree.entry(entry).type == EntryType::HardLink && tree.content(entry) != kNone) {
                row.content = tree.content(entry);
            }
            row.type = typeName(tree.entry(row.content).type);
            rows.push_back(row);
        }
        const auto &node = tree.node(id);
        for (std::uint32_t i = node.childCount; i > 0; --i) {
            stack.push_back(node.firstChild + i - 1);
        }
    }
    return rows;
}

std::string hexOf(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<int>(bytes.size())).toHex().toStdString();
}

class Comparison
{
public:
    Comparison(std::string id, std::vector<std::string> &differences)
        : m_id(std::move(id))
        , m_differences(differences)
    {}

    template<typename T>
    void check(const std::string &field, const T &ours, const json &theirs)
    {
        const json mine(ours); // NOLINT(performance-unnecessary-copy-initialization)
        const bool near = mine.is_number_float() && theirs.is_number()
                          && std::abs(mine.get<double>() - theirs.get<double>()) < 1e-12;
        if (mine != theirs && !near && !isExcepted(m_id, field)) {
            m_differences.push_back(m_id + ": " + field + ": ours " + mine.dump() + ", reference "
                                    + theirs.dump());
        }
    }

    void layers(const Image &image, const json &theirs);
    void tree(const Image &image, const json &theirs);
    void numbers(const Image &image, const json &theirs);

private:
    void row(const Image &image, const Seen &seen, const json &theirs);

    std::string m_id;
    std::vector<std::string> &m_differences;
};

void Comparison::layers(const Image &image, const json &theirs)
{
    check("layer_count", image.layers.size(), theirs.at("layer_count"));
    std::vector<std::string> diffIds;
    for (const Digest &digest : image.config.diffIds) {
        diffIds.push_back(digest.text());
    }
    if (image.artifactType.empty()) {
        check("diff_ids", diffIds, theirs.at("diff_ids"));
    }
    for (std::size_t i = 0; i < image.layers.size() && i < theirs.at("layers").size(); ++i) {
        const Layer &layer = image.layers[i];
        const json &other = theirs.at("layers").at(i);
        const std::string where = "layers[" + std::to_string(i) + "].";
        if (other.contains("missing") || other.contains("error")) {
            check(where + "readable", layer.isRead(), false);
            continue;
        }
        check(where + "readable", layer.isRead(), true);
        check(where + "content_bytes", layer.counts.fileBytes, other.at("content_bytes"));
        check(where + "compression", layer.compression, other.at("compression"));
        check(where + "blob_size", layer.wireBytes.value_or(0), other.at("blob_size"));
        check(where + "uncompressed_size",
              layer.unpackedBytes.value_or(0),
              other.at("uncompressed_size"));
        const bool isRight =
            other.value("digest_matches", true) && other.value("diff_id_matches", true);
        if (other.contains("diff_id_matches")) {
            check(where + "verified", layer.verified.value_or(false), isRight);
        }
    }
}

void Comparison::row(const Image &image, const Seen &seen, const json &theirs)
{
    const PathTree &tree = *image.tree;
    const Entry &entry = tree.entry(seen.entry);
    const Entry &content = tree.entry(seen.content);
    const std::string where = "tree[" + escaped(seen.path) + "].";
    check(where + "path", escaped(seen.path), theirs.at("path"));
    check(where + "type", seen.type, theirs.at("type"));
    check(where + "layer", entry.layer, theirs.at("layer"));
    if (theirs.contains("implicit")) {
        return;
    }
    check(where + "mode", formatMode(content.mode), theirs.at("mode"));
    check(where + "uid", content.uid, theirs.at("uid"));
    check(where + "gid", content.gid, theirs.at("gid"));
    if (theirs.contains("size")) {
        check(where + "size", content.size, theirs.at("size"));
    }
    if (theirs.contains("link")) {
        check(where + "link", escaped(tree.linkTarget(seen.content)), theirs.at("link"));
    }
    std::map<std::string, std::string> xattrs;
    if (const EntryExtra *extra = tree.extra(seen.content)) {
        for (const auto &[name, value] : extra->xattrs) {
            xattrs[name] = hexOf(value);
        }
        if (theirs.contains("dev")) {
            check(where + "dev",
                  std::vector{extra->deviceMajor, extra->deviceMinor},
                  theirs.at("dev"));
        }
    }
    check(where + "xattrs",
          json(xattrs),
          theirs.contains("xattrs") ? theirs.at("xattrs")
                                    : json(std::map<std::string, std::string>()));
}

void Comparison::tree(const Image &image, const json &theirs)
{
    if (!theirs.contains("merged")) {
        return;
    }
    const std::vector<Seen> rows = finalTree(*image.tree);
    std::string lines;
    for (const Seen &seen : rows) {
        lines += seen.type + " " + seen.path + "\n";
    }
    check("merged.tree_sha256", sha256Hex(lines), theirs.at("merged").at("tree_sha256"));
    if (!theirs.contains("tree")) {
        return;
    }
    check("tree.rows", rows.size(), theirs.at("tree").size());
    for (std::size_t i = 0; i < std::min(rows.size(), theirs.at("tree").size()); ++i) {
        row(image, rows[i], theirs.at("tree").at(i));
    }
}

void Comparison::numbers(const Image &image, const json &theirs)
{
    const Monitor monitor;
    const auto analysis = analyze(image, monitor);
    if (!analysis) {
        m_differences.push_back(m_id + ": " + analysis.error().message);
        return;
    }
    check("total_content_bytes", analysis->fileBytes, theirs.at("total_content_bytes"));
    if (theirs.contains("merged")) {
        check("merged.bytes_hardlinks_once",
              analysis->visibleBytes,
              theirs.at("merged").at("bytes_hardlinks_once"));
        check("unreachable_bytes", analysis->shadowedBytes, theirs.at("unreachable_bytes"));
    }
    check("invariant", analysis->visibleBytes + analysis->shadowedBytes, analysis->fileBytes);
    if (!theirs.contains("dive_compat")) {
        return;
    }
    const json &dive = theirs.at("dive_compat");
    check("dive.efficiency", analysis->dive.efficiency, dive.at("efficiency"));
    check("dive.wasted_bytes", analysis->dive.wastedBytes, dive.at("wasted_bytes"));
    check("dive.size_bytes", analysis->dive.sizeBytes, dive.at("size_bytes"));
    check("dive.user_size_bytes", analysis->dive.userSizeBytes, dive.at("user_size_bytes"));
    std::set<json> ours;
    for (const DiveNumbers::Row &row : analysis->dive.inefficient) {
        ours.insert(json{{"path", escaped(image.tree->path(row.node))},
                         {"count", row.count},
                         {"bytes", row.bytes}});
    }
    if (dive.at("inefficient").size() < 50) {
        const std::set<json> others(dive.at("inefficient").begin(), dive.at("inefficient").end());
        check("dive.inefficient", ours, json(others));
    }
}

bool isAttestation(const json &image)
{
    return image.contains("descriptor_annotations")
           && text(image.at("descriptor_annotations"), "vnd.docker.reference.type")
                  == "attestation-manifest";
}

/// None of its layers is a tar: then there is no file system to compare, and saying so is right.
bool isUnreadable(const json &image)
{
    const json &layers = image.at("layers");
    return !layers.empty() && std::ranges::all_of(layers, [](const json &layer) {
        return layer.contains("error");
    });
}

} // namespace

class TestCases : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void image_data();
    void image();

private:
    std::string m_folder;
};

void TestCases::initTestCase()
{
    m_folder = qgetenv("CUTAWAY_CASES_DIR").toStdString();
    if (m_folder.empty() || !std::filesystem::exists(m_folder + "/CASES.json")) {
        QSKIP("CUTAWAY_CASES_DIR names no directory with CASES.json");
    }
}

void TestCases::image_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("reference");
    if (m_folder.empty()) {
        QTest::newRow("no cases") << std::string() << std::string();
        return;
    }
    const std::set<std::string> kinds = {"tiny-image", "image-archive", "image-oci-layout"};
    for (const json &item : readJson(m_folder + "/CASES.json")) {
        if (!kinds.contains(text(item, "kind")) || !item.at("expected").contains("ref")) {
            continue;
        }
        const json &reference = item.at("expected").at("ref");
        QTest::newRow(text(item, "id").c_str())
            << m_folder + "/" + text(item, "file") << m_folder + "/" + text(reference, "ref_file");
    }
}

void TestCases::image()
{
    QFETCH(std::string, file);
    QFETCH(std::string, reference);
    const std::string id = QTest::currentDataTag();
    const json expected = readJson(reference);
    std::vector<json> wanted;
    for (const json &image : expected.value("images", json::array())) {
        if (!image.contains("error") && !isAttestation(image)) {
            wanted.push_back(image);
        }
    }
    Monitor monitor;
    const Reference place{Reference::Transport::Path, file, {}, file};
    const auto source = openSource(place, {}, monitor);
    if (!source) {
        QVERIFY2(wanted.empty(), source.error().message.c_str());
        QVERIFY(!source.error().message.empty());
        return;
    }
    const auto candidates = (*source)->images();
    QVERIFY2(candidates.has_value(), candidates ? "" : candidates.error().message.c_str());
    std::vector<std::string> differences;
    std::set<std::string> digests;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string digest = text(wanted[i], "manifest_digest");
        if (!digest.empty() && !digests.insert(digest).second) {
            continue;
        }
        const auto found = std::ranges::find_if(*candidates, [&](const ImageCandidate &candidate) {
            return digest.empty() ? candidate.index == i : candidate.digest.text() == digest;
        });
        const bool isAttached = wanted[i].contains("subject");
        if (found == candidates->end()) {
            if (!isAttached) {
                differences.push_back(id + ": no image " + digest);
            }
            continue;
        }
        LoadOptions options;
        options.index = found->index;
        const auto image = loadImage(**source, options, monitor);
        if (!image && isUnreadable(wanted[i])) {
            continue;
        }
        if (!image) {
            differences.push_back(id + ": " + image.error().message);
            continue;
        }
        Comparison comparison(id, differences);
        comparison.layers(**image, wanted[i]);
        if (!(*image)->artifactType.empty()) {
            continue;
        }
        comparison.tree(**image, wanted[i]);
        comparison.numbers(**image, wanted[i]);
    }
    std::string all;
    for (const std::string &difference : differences) {
        all += "\n" + difference;
    }
    QVERIFY2(differences.empty(), all.c_str());
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
