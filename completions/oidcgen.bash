# bash completion for oidcgen
# Made by tools/completions from the parser of the program; changes here are lost.

# One line for each option of a command: its name, and after "=" what it takes: words to choose from, FILE, TEXT that
# cannot be guessed, or a kind of which _oidcgen_values knows the words.
_oidcgen_options() {
    case $1 in
    init | authelia | immich | authentik | google | checklist)
        printf '%s\n' --domain=TEXT \
            --subdomain=TEXT \
            --client-id=TEXT \
            '--provider=authelia|authentik|google|other' \
            --application=immich \
            --auth-subdomain=TEXT \
            --auth-host=TEXT \
            --authelia-version=RELEASE \
            --immich-version=RELEASE \
            --authentik-version=RELEASE \
            --address=TEXT \
            --other-addresses=TEXT \
            --client-name=TEXT \
            --secret-file=FILE \
            --digest-file=FILE \
            --policy=TEXT \
            '--mobile=direct|override' \
            '--auth-method=client_secret_post|client_secret_basic' \
            --button-text=TEXT \
            '--auto-register=true|false' \
            '--auto-launch=true|false' \
            --storage-label-claim=TEXT \
            --quota-claim=TEXT \
            --role-claim=TEXT \
            --issuer=TEXT ;;&
    authelia)
        printf '%s\n' '--style=client|snippet|full' \
            --indent=TEXT \
            --digest=TEXT ;;&
    authelia | immich | authentik | google | checklist)
        printf '%s\n' --output=FILE \
            --force ;;&
    immich | checklist | lint)
        printf '%s\n' --metadata=FILE ;;&
    immich)
        printf '%s\n' '--format=json|yaml' \
            --secret-placeholder=TEXT ;;&
    authentik)
        printf '%s\n' '--style=env|file|literal' ;;&
    google | checklist)
        printf '%s\n' '--format=text|json' ;;&
    lint | diagnose)
        printf '%s\n' --config=FILE \
            --site=FILE \
            --literal \
            --authelia-version=RELEASE_OR_AUTO \
            --immich-version=RELEASE_OR_AUTO \
            --authentik-version=RELEASE_OR_AUTO \
            --address=TEXT \
            --provider-url=TEXT ;;&
    lint)
        printf '%s\n' '--format=text|concise|json|sarif|github|gitlab|junit' \
            --report=REPORT \
            --quiet \
            --statistics \
            --select=RULE \
            --ignore=RULE \
            --severity=SEVERITY \
            '--kind=authelia|immich|authentik|google|other' \
            --define=TEXT \
            --env-file=FILE \
            --resolve \
            --values=FILE \
            --client=CLIENT \
            --only=FILE \
            --follow \
            '--use=file|import' \
            '--show=discovery|effective' \
            '--fail-on=error|warning|note|never' \
            --strict \
            --trace ;;&
    diagnose)
        printf '%s\n' '--format=text|concise|json' ;;&
    explain)
        printf '%s\n' '--format=text|json|markdown' ;;&
    hash)
        printf '%s\n' --env=TEXT \
            --each=FILE \
            --verify=TEXT \
            --generate \
            --length=TEXT \
            --iterations=TEXT \
            --json ;;&
    esac
    printf '%s\n' --help --version '--color=auto|always|never'
}

# The releases that an option takes: lines of releases, and those of a line once its two numbers are written.
_oidcgen_releases() {
    local lines= line
    case $1 in
    --authelia-version) lines='4.39:20 4.38:19' ;;
    --immich-version) lines='3.2:2 3.1:0 3.0:3 2.7:5 2.6:3 2.5:6 2.4:1 2.3:1 2.2:3 2.1:0 2.0:1 1.144:1 1.143:1 1.142:1 1.141:1 1.140:1
        1.139:4 1.138:1 1.137:3 1.136:0 1.135:3 1.134:0 1.133:1 1.132:3 1.131:3 1.130:3 1.129:0 1.128:0 1.127:0 1.126:1
        1.125:7 1.124:2 1.123:0 1.122:3 1.121:0 1.120:2 1.119:1 1.118:2 1.117:0 1.116:2 1.115:0 1.114:0 1.113:1 1.112:1
        1.111:0 1.110:0 1.109:2 1.108:0 1.107:2 1.106:4 1.105:1 1.104:0 1.103:1 1.102:3 1.101:0 1.100:0 1.99:0 1.98:2
        1.97:0 1.96:0 1.95:1 1.94:1 1.93:3 1.92:1 1.91:4 1.90:2' ;;
    --authentik-version) lines='2026.8:5 2026.5:8 2026.2:7 2025.12:6 2025.10:4 2025.8:6 2025.6:4 2025.4:4 2025.2:4 2024.12:5 2024.10:5 2024.8:6
        2024.6:5 2024.4:4 2024.2:4 2023.10:7' ;;
    esac
    for line in $lines; do
        if [[ $2 == "${line%:*}".* ]]; then
            eval "printf '%s\n' ${line%:*}.{0..${line#*:}}"
        else
            printf '%s\n' "${line%:*}"
        fi
    done
}

# The names of all rules, as the program that is being completed knows them.
_oidcgen_rules() {
    "${COMP_WORDS[0]}" explain all 2>/dev/null | sed -n 's/^OG[0-9]* *[a-z]* *\([a-z0-9-]*\):.*/\1/p'
}

# The clients that a report on the files of the command line is about: ids of plain letters alone, because compgen runs
# what it is given.
_oidcgen_clients() {
    local word= before=
    local -a given=()
    for word in "${words[@]}"; do
        word=${word//\\/}
        case $before in
        --config | --metadata) given+=("$before" "$word") ;;
        --color | --format | --report | --select | --ignore | --severity | --site | --kind | --define | --env-file | \
            --values | --client | --only | --use | --show | --authelia-version | --immich-version | \
            --authentik-version | --address | --provider-url | --fail-on) ;;
        *)
            case $word in
            --config=* | --metadata=*) given+=("$word") ;;
            -*) ;;
            *) [[ ! -e $word ]] || given+=("$word") ;;
            esac
            ;;
        esac
        before=$word
    done
    ((${#given[@]})) || return 0
    "${COMP_WORDS[0]}" lint --format json "${given[@]}" 2>/dev/null </dev/null |
        sed -n 's#^ *"client": "\([A-Za-z0-9._~@:/+-]\{1,\}\)",*$#\1#p' | sort -u
}

# What may be written as a value of this kind, by the option of this name, when it begins like that.
_oidcgen_values() {
    case $1 in
    RELEASE) _oidcgen_releases "$2" "$3" ;;
    RELEASE_OR_AUTO) printf 'auto\n' && _oidcgen_releases "$2" "$3" ;;
    RULE) [[ -n $2 ]] || printf 'all\n' && _oidcgen_rules ;;
    SEVERITY)
        if [[ $3 == *=* ]]; then
            printf "${3%%=*}=%s\n" error warning note
        else
            _oidcgen_rules | sed 's/$/=/'
        fi
        ;;
    REPORT) printf '%s=\n' text concise json sarif github gitlab junit ;;
    CLIENT) _oidcgen_clients ;;
    COMMAND) printf '%s\n' init authelia immich authentik google checklist lint diagnose explain hash help ;;
    TEXT) ;;
    *) printf '%s\n' ${1//|/ } ;;
    esac
}

_oidcgen_files() {
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
    compopt -o filenames 2>/dev/null
}

_oidcgen() {
    local current= before= previous= command= word= index option= takes=
    local -a words=() # behind the command, without the current one
    COMPREPLY=()

    # bash splits "--severity=a-rule=note" into five words; they are put together again.
    for ((index = 1; index <= COMP_CWORD; ++index)); do
        word=${COMP_WORDS[index]}
        if ((index > 1)) && [[ $word == = || $before == = ]]; then
            current+=$word
        else
            previous=$current current=$word
            if [[ -n $command && $previous != "$command" ]]; then
                words+=("$previous")
            fi
            if [[ -z $command ]] && ((index < COMP_CWORD)); then
                case $word in
                init | authelia | immich | authentik | google | checklist | lint | diagnose | explain | hash | help) command=$word ;;
                esac
            fi
        fi
        before=$word
    done
    if [[ $current == --*=* ]]; then
        previous=${current%%=*} current=${current#*=}
    elif [[ $previous == --*=* ]]; then
        previous=
    fi

    for word in $(_oidcgen_options "$command"); do
        if [[ $word == "$previous"=* ]]; then
            takes=${word#*=} option=$previous
        fi
    done

    if [[ -z $takes && $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_oidcgen_options "$command" | sed 's/=.*//')" -- "$current")
        return
    fi
    if [[ -z $takes ]]; then
        case $command in
        '') takes=COMMAND ;;
        authelia | immich | authentik | google | checklist | lint | diagnose | hash) takes=FILE ;;
        explain) takes=RULE ;;
        help) takes=COMMAND ;;
        esac
    fi
    if [[ $takes == FILE ]]; then
        _oidcgen_files "$current"
    elif [[ $takes == REPORT && $current == *=* ]]; then
        _oidcgen_files "${current#*=}"
    elif [[ -n $takes ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_oidcgen_values "$takes" "$option" "$current")" -- "$current")
        if [[ ${COMPREPLY[0]-} == *= ]]; then
            compopt -o nospace 2>/dev/null
        elif [[ $current == *=* ]]; then # what is before the sign is a word of its own, which stays
            COMPREPLY=("${COMPREPLY[@]#"${current%=*}="}")
        fi
    fi
}

complete -F _oidcgen oidcgen
