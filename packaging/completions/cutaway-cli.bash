# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Bash completion of cutaway-cli.

_cutaway_cli() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local commands="inspect layers files waste history cat extract dockerfile gate audit rules contract packages test cache help"
    local options="--format --output --platform --image --base --no-cache --limit --quiet --strict --no-trunc --reveal --help"
    local command="" word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            inspect | layers | files | waste | history | cat | extract | dockerfile | gate | audit | rules | contract | packages | test | cache | help)
                command=$word
                break
                ;;
        esac
    done
    case $command in
        files) options+=" --view --layer --sort --hash" ;;
        cat) options+=" --layer" ;;
        extract) options+=" --directory --layer --force --owner" ;;
        gate) options+=" --ci-config --lowestEfficiency --highestWastedBytes --highestUserWastedPercent" ;;
        contract) options+=" --skeleton" ;;
        packages) options+=" --owner --files --scope" ;;
        audit)
            options+=" --policy --profile --fail-on --fail-on-grade --min-confidence --ignore --baseline"
            options+=" --write-baseline --import-ignores --no-import --all --timestamp"
            ;;
    esac

    COMPREPLY=()
    if [ "$command" = cache ] && [[ $current != -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "clear" -- "$current")
        return
    fi
    case $previous in
        --format | -f)
            local formats="text json"
            [ "$command" != files ] || formats+=" ndjson"
            [ "$command" != rules ] || formats+=" markdown"
            [ "$command" != contract ] || formats+=" markdown"
            [ "$command" != packages ] || formats+=" csv spdx cyclonedx"
            [ "$command" != test ] || formats+=" junit"
            [ "$command" != audit ] || formats+=" html markdown sarif junit gitlab csv"
            mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$current")
            return
            ;;
        --view)
            mapfile -t COMPREPLY < <(compgen -W "final at layer all" -- "$current")
            return
            ;;
        --sort)
            mapfile -t COMPREPLY < <(compgen -W "path size" -- "$current")
            return
            ;;
        --scope)
            mapfile -t COMPREPLY < <(compgen -W "squashed all-layers" -- "$current")
            return
            ;;
        --fail-on)
            mapfile -t COMPREPLY < <(compgen -W "none info low medium high critical" -- "$current")
            return
            ;;
        --skeleton)
            mapfile -t COMPREPLY < <(compgen -W "run compose pod" -- "$current")
            return
            ;;
        --fail-on-grade)
            mapfile -t COMPREPLY < <(compgen -W "A B C D E F" -- "$current")
            return
            ;;
        --profile)
            mapfile -t COMPREPLY < <(compgen -W "default strict ska openshift cis minimal" -- "$current")
            return
            ;;
        --min-confidence)
            mapfile -t COMPREPLY < <(compgen -W "heuristic likely certain" -- "$current")
            return
            ;;
        --directory | -C)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$current")
            return
            ;;
        --platform | --image | --base | --layer | -l | --ignore) return ;;
        --limit)
            compopt -o nospace
            mapfile -t COMPREPLY < <(compgen -W "json-size= header-size= path-length= path-depth= \
                layer-entries= layers= archive-members= unpacked-size= expansion= expansion-from= \
                temporary-disk=" -- "$current")
            return
            ;;
        --lowestEfficiency | --highestWastedBytes | --highestUserWastedPercent) return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    if [ -z "$command" ] && [ "$COMP_CWORD" -eq 1 ] || [ "$command" = help ]; then
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$commands --version" -- "$current")
    fi
}

complete -F _cutaway_cli cutaway-cli
