// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/dialogs/comparedialog.h"

#include "ui/models/text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace cutaway {

namespace {

constexpr int kLetters = 60;

} // namespace

CompareDialog::CompareDialog(const Image &image,
                             const QString &reference,
                             const QStringList &recent,
                             QWidget *parent)
    : QDialog(parent)
    , m_own(reference)
    , m_reference(new QComboBox)
    , m_platform(new QComboBox)
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare with another image"));
    auto *what = new QLabel;
    what->setTextFormat(Qt::PlainText);
    what->setWordWrap(true);
    what->setText(tr("Which image shall be held against %1?").arg(shown(reference.toStdString())));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(theme::kGroup);
    form->setVerticalSpacing(theme::kPadding);
    auto *label = new QLabel(tr("&Image:"));
    label->setBuddy(m_reference); // a line of several has none by itself
    form->addRow(label, buildReference(recent));
    fillPlatforms(image);
    if (!m_platforms.empty()) {
        form->addRow(tr("Another &platform of this one:"), m_platform);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_ok = buttons->addButton(tr("&Compare"), QDialogButtonBox::AcceptRole);
    m_ok->setObjectName(QStringLiteral("compareOk"));
    m_ok->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::kGroup);
    layout->addWidget(what);
    layout->addLayout(form);
    layout->addWidget(buttons);
    m_reference->setFocus();

    connect(m_reference, &QComboBox::editTextChanged, this, [this](const QString &text) {
        m_ok->setEnabled(!text.trimmed().isEmpty());
    });
    connect(m_platform, &QComboBox::currentIndexChanged, this, &CompareDialog::choosePlatform);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QLayout *CompareDialog::buildReference(const QStringList &recent)
{
    m_reference->setObjectName(QStringLiteral("compareReference"));
    m_reference->setEditable(true);
    m_reference->setAccessibleName(tr("The other image"));
    m_reference->setMinimumContentsLength(kLetters);
    m_reference->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const QString &one : recent) {
        if (one != m_own) {
            m_reference->addItem(one);
        }
    }
    m_reference->setCurrentIndex(-1);
    m_reference->lineEdit()->setPlaceholderText(tr("A path, or a reference as in the address bar"));
    auto *file = new QPushButton(tr("&File…"));
    auto *directory = new QPushButton(tr("&Directory…"));
    connect(file, &QPushButton::clicked, this, [this] { browse(false); });
    connect(directory, &QPushButton::clicked, this, [this] { browse(true); });
    auto *line = new QHBoxLayout;
    line->addWidget(m_reference, 1);
    line->addWidget(file);
    line->addWidget(directory);
    return line;
}

/// Those that are there, but for the open one.
void CompareDialog::fillPlatforms(const Image &image)
{
    m_platform->setObjectName(QStringLiteral("comparePlatform"));
    m_platform->addItem(tr("No: another image"));
    for (const PlatformEntry &entry : image.platforms) {
        if (entry.present && entry.digest != image.digest) {
            m_platforms.push_back(entry.platform);
            m_platform->addItem(shown(entry.platform.text()));
        }
    }
}

void CompareDialog::choosePlatform(int index)
{
    m_reference->setEditText(index > 0 ? m_own : QString());
    m_reference->setEnabled(index <= 0);
}

void CompareDialog::browse(bool wantsDirectory)
{
    const QString start = QFileInfo(m_own).path();
    const QString path =
        wantsDirectory
            ? QFileDialog::getExistingDirectory(this, tr("Choose an image's directory"), start)
            : QFileDialog::getOpenFileName(
                  this, tr("Choose an image archive"), start, tr("All files (*)"));
    if (!path.isEmpty()) {
        m_platform->setCurrentIndex(0);
        m_reference->setEditText(path);
    }
}

OpenRequest CompareDialog::request() const
{
    OpenRequest request{.reference = m_reference->currentText().trimmed(),
                        .image = {},
                        .platform = {},
                        .place = {}};
    if (m_platform->currentIndex() > 0) {
        request.platform = m_platforms[static_cast<std::size_t>(m_platform->currentIndex() - 1)];
    }
    return request;
}

} // namespace cutaway
