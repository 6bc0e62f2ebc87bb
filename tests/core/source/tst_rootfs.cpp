// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/source/contentreader.h"
#include "tests/core/source/imagefixture.h"

#include <QTest>

#include <filesystem>
#include <sys/stat.h>

using namespace cutaway;
using namespace cutaway::test;
namespace fs = std::filesystem;

class TestRootfs : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void entriesAreThoseOfTheDirectory();
    void contentIsReadWithoutFollowingLinks();
    void unreadableIsNoted();
    void cancelled();

private:
    const Entry &entry(const Image &image, std::string_view path) const
    {
        return image.tree->entry(image.tree->finalEntry(image.tree->find(path)));
    }
    std::unique_ptr<Folder> m_folder;
    std::string m_root;
};

void TestRootfs::init()
{
    m_folder = std::make_unique<Folder>();
    m_root = m_folder->writeAll("root",
                                {{"etc/passwd", "root:x:0:0\n"},
                                 {"usr/bin/tool", "#!/bin/sh\n"},
                                 {"usr/bin/same", "#!/bin/sh\n"},
                                 {"empty", ""}});
    fs::permissions(m_root + "/usr/bin/tool", static_cast<fs::perms>(04755));
    fs::create_symlink("usr/bin", m_root + "/bin");
    fs::create_symlink("/", m_root + "/outside");
    fs::create_hard_link(m_root + "/usr/bin/tool", m_root + "/usr/bin/tool2");
    QCOMPARE(::mkfifo((m_root + "/pipe").c_str(), 0600), 0);
}

void TestRootfs::entriesAreThoseOfTheDirectory()
{
    const auto image = load(m_root);
    QVERIFY2(image.has_value(), image ? "" : image.error().message.c_str());
    QCOMPARE((*image)->layers.size(), std::size_t(1));
    QVERIFY((*image)->complete);
    QVERIFY(!(*image)->layers[0].wireBytes.has_value());
    QVERIFY(!(*image)->layers[0].verified.has_value());
    QCOMPARE((*image)->layers[0].counts.files, std::uint32_t(5));
    QVERIFY(entry(**image, "/bin").type == EntryType::Symlink);
    QVERIFY(entry(**image, "/outside").type == EntryType::Symlink);
    QVERIFY(entry(**image, "/pipe").type == EntryType::Fifo);
    QCOMPARE(entry(**image, "/usr/bin/tool").mode, std::uint16_t(04755));
    QVERIFY(entry(**image, "/usr/bin/tool2").type == EntryType::HardLink);
    const PathTree &tree = *(*image)->tree;
    QVERIFY(tree.sameContent(tree.finalEntry(tree.find("/usr/bin/tool")),
                             tree.finalEntry(tree.find("/usr/bin/same"))));
}

void TestRootfs::contentIsReadWithoutFollowingLinks()
{
    Monitor monitor;
    const auto source = openSource(pathReference(m_root), {}, monitor);
    const auto image = loadImage(**source, {}, monitor);
    QVERIFY(image.has_value());
    const PathTree &tree = *(*image)->tree;
    const auto read = [&](std::string_view path) {
        std::string text;
        const auto done =
            readContents(**source,
                         **image,
                         {tree.finalEntry(tree.find(path))},
                         {[](EntryId) -> Result<> { return {}; },
                          [&](EntryId, Bytes run) -> Result<> {
                              text.append(reinterpret_cast<const char *>(run.data()), run.size());
                              return {};
                          }},
                         monitor);
        return done ? text : "failed";
    };
    QCOMPARE(read("/etc/passwd"), std::string("root:x:0:0\n"));
    QCOMPARE(read("/usr/bin/tool2"), std::string("#!/bin/sh\n"));
    QCOMPARE(read("/empty"), std::string());
    fs::remove_all(m_root + "/etc");
    fs::create_symlink("/etc", m_root + "/etc");
    QCOMPARE(read("/etc/passwd"), std::string("failed"));
}

void TestRootfs::unreadableIsNoted()
{
    if (::geteuid() == 0) {
        QSKIP("root can read everything");
    }
    fs::permissions(m_root + "/etc/passwd", fs::perms::none);
    const auto image = load(m_root);
    QVERIFY(image.has_value());
    QVERIFY(hasNote(**image, "layer-remark"));
}

void TestRootfs::cancelled()
{
    Monitor monitor;
    monitor.cancel();
    const auto source = openSource(pathReference(m_root), {}, monitor);
    QVERIFY(!source.has_value());
    QCOMPARE(static_cast<int>(source.error().code), static_cast<int>(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestRootfs)
#include "tst_rootfs.moc"
