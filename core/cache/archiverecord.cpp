// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/cache/archiverecord.h"

namespace cutaway {

namespace {

void writeTexts(const std::map<std::string, std::string> &texts, BinaryWriter &writer)
{
    writer.number(static_cast<std::uint32_t>(texts.size()));
    for (const auto &[name, text] : texts) {
        writer.text(name);
        writer.text(text);
    }
}

void readTexts(BinaryReader &reader, std::map<std::string, std::string> &texts)
{
    const auto count = reader.number<std::uint32_t>();
    if (count > limits::kRecordMembers) {
        reader.fail("there are too many texts");
    }
    for (std::uint32_t i = 0; i < count && reader.isGood(); ++i) {
        std::string name = reader.text(limits::kRecordBytes);
        texts[std::move(name)] = reader.text(limits::kRecordBytes);
    }
}

std::uint64_t bytesOf(const std::map<std::string, std::string> &texts)
{
    std::uint64_t bytes = 0;
    for (const auto &[name, text] : texts) {
        bytes += name.size() + text.size();
    }
    return bytes;
}

} // namespace

bool ArchiveRecord::isModest() const
{
    std::uint64_t bytes = bytesOf(texts) + bytesOf(blobs);
    for (const Member &member : members) {
        bytes += member.name.size() + member.target.size();
    }
    return members.size() <= limits::kRecordMembers && bytes <= limits::kRecordBytes;
}

void writeArchiveRecord(const ArchiveRecord &record, BinaryWriter &writer)
{
    writer.number(static_cast<std::uint32_t>(record.members.size()));
    for (const ArchiveRecord::Member &member : record.members) {
        writer.text(member.name);
        writer.text(member.target);
        writer.number(static_cast<std::uint8_t>(member.type));
        writer.number(static_cast<std::uint8_t>(member.isSparse));
        writer.number(member.size);
    }
    writeTexts(record.texts, writer);
    writeTexts(record.blobs, writer);
}

Result<ArchiveRecord> readArchiveRecord(ByteStream &from)
{
    BinaryReader reader(from);
    ArchiveRecord record;
    const auto count = reader.number<std::uint32_t>();
    if (count > limits::kRecordMembers) {
        reader.fail("there are too many members");
    }
    for (std::uint32_t i = 0; i < count && reader.isGood(); ++i) {
        ArchiveRecord::Member &member = record.members.emplace_back();
        member.name = reader.text(limits::kRecordBytes);
        member.target = reader.text(limits::kRecordBytes);
        const auto type = reader.number<std::uint8_t>();
        if (type > static_cast<std::uint8_t>(EntryType::Opaque)) {
            reader.fail("a member is of no known type");
            break;
        }
        member.type = static_cast<EntryType>(type);
        member.isSparse = reader.number<std::uint8_t>() != 0;
        member.size = reader.number<std::uint64_t>();
    }
    readTexts(reader, record.texts);
    readTexts(reader, record.blobs);
    if (!reader.isAtEnd()) {
        return fail(ErrorCode::Corrupt, "the record of an archive is damaged");
    }
    return record;
}

} // namespace cutaway
