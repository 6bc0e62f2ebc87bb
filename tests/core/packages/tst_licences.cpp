// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/packages/licences.h"

#include <QTest>

using namespace cutaway;

class TestLicences : public QObject
{
    Q_OBJECT

private slots:
    void expressions_data();
    void expressions();
    void copyrights_data();
    void copyrights();
};

void TestLicences::expressions_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("expression");
    const auto row = [](const char *words, const char *expression) {
        QTest::newRow(words) << QByteArray(words) << QByteArray(expression);
    };
    row("MIT", "MIT");
    row(" mit ", "MIT");
    row("MIT OR Apache-2.0", "MIT OR Apache-2.0");
    row("(MIT OR Apache-2.0) AND ISC", "(MIT OR Apache-2.0) AND ISC");
    row("GPL-2.0-or-later WITH GCC-exception-3.1", "GPL-2.0-or-later WITH GCC-exception-3.1");
    row("GPL-2.0", "GPL-2.0-only");
    row("LGPL-2.1+", "LGPL-2.1-or-later");
    row("Apache 2.0", "Apache-2.0");
    row("Apache License, Version 2.0", "Apache-2.0");
    row("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0");
    // Fedora's names
    row("GPLv2+", "GPL-2.0-or-later");
    row("GPL+ or Artistic", "GPL-1.0-or-later OR Artistic-1.0-Perl");
    row("ASL 2.0 and (MIT or GPLv3)", "Apache-2.0 AND (MIT OR GPL-3.0-only)");
    row("zlib and Boost", "Zlib AND BSL-1.0");
    // Debian's
    row("Expat", "MIT");
    row("GPL-2+ and BSD-3-clause", "GPL-2.0-or-later AND BSD-3-Clause");
    row("GFDL-NIV-1.3+", "GFDL-1.3-no-invariants-or-later");
    row("GPL-3+ with Bison exception", "GPL-3.0-or-later WITH Bison-exception-2.2");
    row("GPL-2+ with Autoconf-data exception and ISC",
        "GPL-2.0-or-later WITH Autoconf-exception-2.0 AND ISC");
    row("GPL-3+ with Autoconf exception", "GPL-3.0-or-later WITH Autoconf-exception-3.0");
    // Python's classifiers
    row("MIT License", "MIT");
    row("GNU General Public License v2 or later (GPLv2+)", "GPL-2.0-or-later");
    row("ISC License (ISCL)", "ISC");
    // R's
    row("GPL (>= 2)", "GPL-2.0-or-later");
    row("GPL-2 | GPL-3", "GPL-2.0-only OR GPL-3.0-only");
    row("MIT + file LICENSE", "MIT");
    row("GPL (< 3)", "");
    row("GPL (>= 2, < 4)", "");
    row("GPL (> 2)", "");
    // CPAN's
    row("perl_5", "Artistic-1.0-Perl OR GPL-1.0-or-later");
    row("perl_5 and MIT", "(Artistic-1.0-Perl OR GPL-1.0-or-later) AND MIT");
    // What cannot be told
    row("", "");
    row("BSD", "");
    row("GPL", "");
    row("Apache Software License", "");
    row("GPL-2+ with OpenSSL exception", "");
    row("LGPL-2.1 with Autoconf exception", "");
    row("MIT and BSD", "");
    row("MIT, ISC", "");
    row("MIT ISC", "");
    row("SEE LICENSE IN LICENSE.md", "");
    row("MIT OR", "");
    row("OR MIT", "");
    row("(MIT", "");
    row("MIT)", "");
    row("()", "");
    row("MIT (ISC)", "");
    row("MIT WITH", "");
    row("MIT WITH ISC", "");
    row("MIT WITH (LLVM-exception)", "");
    row("+", "");
}

void TestLicences::expressions()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, expression);
    QCOMPARE(QByteArray::fromStdString(licenceExpression(words.toStdString())), expression);
}

void TestLicences::copyrights_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("licences");
    const auto row = [](const char *what, const char *text, const char *licences) {
        QTest::newRow(what) << QByteArray(text) << QByteArray(licences);
    };
    const QByteArray format =
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n";
    row("paragraphs about files",
        format
            + "Upstream-Name: a\n\nFiles: *\nCopyright: A\nLicense: GPL-2+ or Artistic\n\n"
              "Files: x\nLicense: Expat\n text\n\nFiles: y\nLicense: Expat\n\n"
              "License: GPL-2+\n On Debian, see /usr/share/common-licenses/GPL-2.\n",
        "(GPL-2+ or Artistic) and Expat");
    row("an \"and\" behind a comma binds last",
        format
            + "\nFiles: *\nLicense: GPL-1+ or Artistic, and Unicode\n\nFiles: a\n"
              "License: Expat and ISC, and BSD-2-clause\n\nFiles: b\n"
              "License: Expat and Zlib or ISC\n",
        "(GPL-1+ or Artistic) and Unicode and Expat and ISC and BSD-2-clause and"
        " (Expat and Zlib or ISC)");
    row("one choice needs no brackets",
        format + "\nFiles: *\nLicense: GPL-2+ or Artistic\n",
        "GPL-2+ or Artistic");
    row("the header alone", format + "License: ISC\n", "ISC");
    row("words, and where the text is",
        "This is free software; you may use version 2 of the License.\n"
        "See /usr/share/common-licenses/GPL-2.\nAlso `/usr/share/common-licenses/Apache-2.0'",
        "GPL-2 and Apache-2.0");
    row("or any later version",
        "either version 2 of the License, or (at your option) any later version.\n"
        "/usr/share/common-licenses/GPL-2 /usr/share/common-licenses/GPL-2",
        "GPL-2+");
    row("a folder alone", "in /usr/share/common-licenses/.", "");
    row("other words", "do what you want", "");
    row("nothing", "", "");
}

void TestLicences::copyrights()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, licences);
    QCOMPARE(QByteArray::fromStdString(licencesOfCopyright(text.toStdString())), licences);
}

QTEST_GUILESS_MAIN(TestLicences)
#include "tst_licences.moc"
