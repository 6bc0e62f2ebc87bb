// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cache/analysiscache.h"
#include "core/cache/blobcache.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;

namespace cutaway {

class Background;

/// What is kept on this computer, how much it is, and how to be rid of it.
class CacheDialog : public QDialog
{
    Q_OBJECT

public:
    /// Either may be null: then nothing of the kind is kept.
    CacheDialog(BlobCachePtr blobs, AnalysisCachePtr analyses, QWidget *parent = nullptr);

private:
    struct Usage
    {
        CacheDirectory::Usage blobs;
        CacheDirectory::Usage analyses;
    };
    QWidget *buildRow(QCheckBox *box, QLabel *facts, const std::string &path);
    void measure();
    void showUsage(const Usage &usage);
    void showButton();
    void clearChosen();

    BlobCachePtr m_blobs;
    AnalysisCachePtr m_analyses;
    Background *m_background = nullptr;
    QCheckBox *m_blobsBox = nullptr;
    QCheckBox *m_analysesBox = nullptr;
    QLabel *m_blobsFacts = nullptr;
    QLabel *m_analysesFacts = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_clear = nullptr;
};

} // namespace cutaway
