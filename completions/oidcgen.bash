# bash completion for oidcgen

# One line for each option: its name, and after "=" what it takes: words to choose from, FILE, or TEXT that cannot be
# guessed. Options without "=" take nothing.
_oidcgen_options() {
    local site='
        --domain=TEXT
        --subdomain=TEXT
        --client-id=TEXT
        --provider=authelia|authentik|google|other
        --application=immich
        --auth-subdomain=TEXT
        --auth-host=TEXT
        --authelia-version=TEXT
        --immich-version=TEXT
        --authentik-version=TEXT
        --address=TEXT
        --other-addresses=TEXT
        --client-name=TEXT
        --secret-file=FILE
        --digest-file=FILE
        --policy=TEXT
        --mobile=direct|override
        --auth-method=client_secret_post|client_secret_basic
        --button-text=TEXT
        --auto-register=true|false
        --auto-launch=true|false
        --storage-label-claim=TEXT
        --quota-claim=TEXT
        --role-claim=TEXT
        --issuer=TEXT'
    local output='
        --output=FILE
        --force'
    local all='
        --help
        --version
        --color=auto|always|never'

    case $1 in
    init) printf '%s\n' $site ;;
    authelia) printf '%s\n' $site $output '--style=client|snippet|full' --indent=TEXT --digest=TEXT ;;
    authentik) printf '%s\n' $site $output '--style=env|file|literal' ;;
    google) printf '%s\n' $site $output '--format=text|json' ;;
    checklist) printf '%s\n' $site $output --metadata=FILE '--format=text|json' ;;
    immich) printf '%s\n' $site $output --metadata=FILE '--format=json|yaml' --secret-placeholder=TEXT ;;
    lint)
        printf '%s\n' '--format=text|concise|json|sarif|github|gitlab|junit' \
            --report=TEXT --quiet --statistics --select=TEXT --ignore=TEXT --severity=TEXT --site=FILE \
            '--kind=authelia|immich|authentik|google|other' --config=FILE --metadata=FILE --client=TEXT \
            --only=FILE --follow --literal --define=TEXT --env-file=FILE --values=FILE --resolve --strict --trace \
            '--use=file|import' '--show=discovery|effective' --authelia-version=TEXT --immich-version=TEXT \
            --authentik-version=TEXT --address=TEXT \
            --provider-url=TEXT '--fail-on=error|warning|note|never'
        ;;
    diagnose)
        printf '%s\n' '--format=text|concise|json' --site=FILE --config=FILE --literal --authelia-version=TEXT \
            --immich-version=TEXT --authentik-version=TEXT --address=TEXT --provider-url=TEXT
        ;;
    explain) printf '%s\n' '--format=text|json|markdown' ;;
    hash)
        printf '%s\n' --env=TEXT --each=FILE --generate --length=TEXT --iterations=TEXT --json --verify=TEXT
        ;;
    esac
    printf '%s\n' $all
}

_oidcgen() {
    local current=${COMP_WORDS[COMP_CWORD]} previous= command= word index option takes=
    COMPREPLY=()

    # bash splits "--mobile=direct" into three words.
    if [[ $current == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 1]} current=
    elif ((COMP_CWORD > 2)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    elif ((COMP_CWORD > 1)); then
        previous=${COMP_WORDS[COMP_CWORD - 1]}
    fi

    for ((index = 1; index < COMP_CWORD; ++index)); do
        word=${COMP_WORDS[index]}
        case $word in
        init | authelia | authentik | google | immich | checklist | lint | diagnose | explain | hash | help) command=$word && break ;;
        esac
    done

    for option in $(_oidcgen_options "$command"); do
        if [[ $option == "$previous"=* ]]; then
            takes=${option#*=}
        fi
    done

    case $takes in
    TEXT) ;;
    FILE) _oidcgen_files "$current" ;;
    ?*) mapfile -t COMPREPLY < <(compgen -W "${takes//|/ }" -- "$current") ;;
    *)
        if [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$(_oidcgen_options "$command" | sed 's/=.*//')" -- "$current")
        elif [[ -z $command ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'init authelia immich authentik google checklist lint diagnose explain hash help' -- "$current")
        elif [[ $command == explain ]]; then
            mapfile -t COMPREPLY < <(compgen -W "all $(_oidcgen_rules)" -- "$current")
        elif [[ $command == help ]]; then
            mapfile -t COMPREPLY < <(compgen -W 'init authelia immich authentik google checklist lint diagnose explain hash help' -- "$current")
        elif [[ $command != init ]]; then
            _oidcgen_files "$current"
        fi
        ;;
    esac
}

# The names of all rules, as the program that is being completed knows them.
_oidcgen_rules() {
    "${COMP_WORDS[0]}" explain all 2>/dev/null | sed -n 's/^OG[0-9]* *[a-z]* *\([a-z0-9-]*\):.*/\1/p'
}

_oidcgen_files() {
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
    compopt -o filenames 2>/dev/null
}

complete -F _oidcgen oidcgen
