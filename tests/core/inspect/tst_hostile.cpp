// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inspect/inspect.h"

#include <QElapsedTimer>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace cutaway;
using nlohmann::json;
namespace fs = std::filesystem;

/// Inputs made to break readers: each must end in a clear refusal, or in an image whose notes and
/// layers say what is wrong with it.
class TestHostile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void file_data();
    void file();

private:
    std::string m_folder;
};

namespace {

std::string plain(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

/// What a report would show as wrong.
std::string troubleOf(const Inspection &inspection)
{
    std::string trouble;
    for (const Note &note : inspection.image->notes.list()) {
        trouble += note.code + ": " + note.message + "\n";
    }
    return trouble;
}

bool isDamaged(const Image &image)
{
    return std::ranges::any_of(
        image.layers, [](const Layer &layer) { return layer.state == Layer::State::Damaged; });
}

} // namespace

void TestHostile::initTestCase()
{
    const std::string cases = qgetenv("CUTAWAY_CASES_DIR").toStdString();
    m_folder = cases + "/hostile";
    if (cases.empty() || !fs::exists(m_folder + "/HOSTILE.json")) {
        QSKIP("CUTAWAY_CASES_DIR names no directory with hostile/HOSTILE.json");
    }
}

void TestHostile::file_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("verdict");
    QTest::addColumn<int>("seconds");
    std::ifstream stream(m_folder + "/HOSTILE.json");
    if (!stream) {
        QTest::newRow("no cases") << std::string() << std::string() << 0;
        return;
    }
    const json cases = json::parse(stream);
    for (const auto &[name, row] : cases.items()) {
        const std::string path = m_folder + "/" + plain(row, "file");
        if (fs::exists(path)) {
            QTest::newRow(name.c_str())
                << path << plain(row, "verdict") << row.at("limits").value("seconds", 60);
        }
    }
}

void TestHostile::file()
{
    QFETCH(std::string, path);
    QFETCH(std::string, verdict);
    QFETCH(int, seconds);
    QElapsedTimer timer;
    timer.start();
    Monitor monitor;
    const Reference reference{Reference::Transport::Path, path, {}, path};
    const auto inspected = inspect(reference, {}, monitor);
    QVERIFY(timer.elapsed() < seconds * 1000);
    if (!inspected) {
        QVERIFY(!inspected.error().error.message.empty());
        return;
    }
    const Inspection &inspection = *inspected->inspection;
    const bool isReported = isDamaged(*inspection.image);
    if (verdict == "reject") {
        QVERIFY2(isReported, troubleOf(inspection).c_str());
    }
    if (verdict == "finding") {
        QVERIFY2(!troubleOf(inspection).empty(), "the defect is not reported");
    }
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
