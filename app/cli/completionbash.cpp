// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/completion.h"
#include "core/base/words.h"

namespace cutaway::cli {

namespace {

constexpr std::string_view kBegin = R"(
_cutaway_cli() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    # "=" is a word of its own: --format = json
    if [ "$current" = = ]; then
        current=
    elif [ "$previous" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    local command="" word words="" kind=none
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ " $commands " == *" $word "* ]]; then
            command=$word
            break
        fi
    done

    case ${command:-inspect},$previous in
)";

constexpr std::string_view kMiddle = R"(    esac
    if [ $kind = none ]; then
        case $command,$current in
)";

constexpr std::string_view kEnd = R"(            *) kind=path ;;
        esac
    fi

    COMPREPLY=()
    [ $kind = words ] || [ $kind = any ] || compopt -o filenames 2>/dev/null
    case $kind in
        beginnings)
            compopt +o filenames -o nospace 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
            ;;
        words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
        directory) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        path)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            if [ -z "$command" ] && [ "$COMP_CWORD" -eq 1 ]; then
                mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$commands" -- "$current")
            fi
            ;;
    esac
}

complete -F _cutaway_cli cutaway-cli
)";

/// A case: what is offered, and how.
std::string offer(const std::string &patterns, std::string_view kind, const std::string &words)
{
    std::string text = "        " + patterns + ") kind=" + std::string(kind);
    if (!words.empty()) {
        text += " words=\"" + words + '"';
    }
    return text + " ;;\n";
}

std::string_view kindName(Completed::Kind kind)
{
    switch (kind) {
    case Completed::Kind::Beginnings: return "beginnings";
    case Completed::Kind::File: return "path";
    case Completed::Kind::Directory: return "directory";
    case Completed::Kind::Switch:
    case Completed::Kind::Words: break;
    }
    return "words";
}

/// What follows an option of that command; `command` is "*" for any.
std::string valueOffer(std::string_view command, const Option &option, const Completed &completed)
{
    if (completed.kind == Completed::Kind::Switch) {
        return {};
    }
    const std::string before = std::string(command) + ',';
    std::string patterns = before + std::string(option.name);
    if (!option.letter.empty()) {
        patterns += " | " + before + std::string(option.letter);
    }
    const bool isAnything = completed.kind == Completed::Kind::Words && completed.words.empty();
    return offer(patterns, isAnything ? "any" : kindName(completed.kind), joined(completed.words));
}

std::string optionNames(const std::vector<Option> &options)
{
    WordList names;
    for (const Option &option : options) {
        names.emplace_back(option.name);
    }
    return joined(names);
}

} // namespace

std::string bashCompletion()
{
    std::string values;
    std::string others;
    WordList names;
    for (const Command &command : allCommands()) {
        names.emplace_back(command.name);
        for (const Option &option : command.options) {
            values += valueOffer(command.name, option, completedBy(option, command));
        }
        const Option &format = sharedOptions().front();
        values += valueOffer(command.name, format, completedBy(format, command));
        if (!command.options.empty()) {
            others += offer(std::string(command.name) + ",-*",
                            "words",
                            optionNames(command.options) + " $options");
        }
        if (const WordList words = wordsAfter(command); !words.empty()) {
            others +=
                offer(std::string(command.name) + ",[!-]* | " + std::string(command.name) + ',',
                      "words",
                      joined(words));
        }
    }
    for (const Option &option : sharedOptions()) {
        if (option.name != "--format") {
            values += valueOffer("*", option, completedBy(option, allCommands().front()));
        }
    }
    others += offer(",-*", "words", "$options --version") + offer("*,-*", "words", "$options");
    std::string script = "# bash completion of cutaway-cli: cutaway-cli completion bash\n";
    script += kBegin;
    const std::string local = "    local commands=\"" + joined(names) + "\"\n    local options=\""
                              + optionNames(sharedOptions()) + "\"\n";
    const std::string opening = "_cutaway_cli() {\n";
    script.insert(script.find(opening) + opening.size(), local);
    script += values;
    script += kMiddle;
    script += others;
    return script + std::string(kEnd);
}

} // namespace cutaway::cli
