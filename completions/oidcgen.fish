# fish completion for oidcgen
# Made by tools/completions from the parser of the program; changes here are lost.

function __oidcgen_commands
    printf '%s\t%s\n' init 'make a site file, a client secret and its digest here'
    printf '%s\t%s\n' authelia 'print the client as Authelia YAML'
    printf '%s\t%s\n' immich 'print Immich\'s OAuth settings'
    printf '%s\t%s\n' authentik 'print the client as a blueprint of authentik'
    printf '%s\t%s\n' google 'print what to enter in the console of Google'
    printf '%s\t%s\n' checklist 'print what to enter at the provider, any provider'
    printf '%s\t%s\n' lint 'check configurations and predict their logins'
    printf '%s\t%s\n' diagnose 'say why a login failed, from the lines of a log'
    printf '%s\t%s\n' explain 'explain a rule'
    printf '%s\t%s\n' hash 'print the digest of a client secret'
    printf '%s\t%s\n' help 'show the commands, or explain one'
end

# The command that was written; nothing before.
function __oidcgen_command
    for word in (commandline -opc)[2..-1]
        if contains -- $word init authelia immich authentik google checklist lint diagnose explain hash help
            echo $word
            return
        end
    end
    return 1
end

function __oidcgen_command_is
    contains -- (__oidcgen_command; or echo) $argv
end

# The value that is being written, without the option that it belongs to.
function __oidcgen_value
    commandline -ct | string replace -r -- '^--[a-z-]+=' ''
end

# The names of all rules, as the program that is being completed knows them.
function __oidcgen_rules
    set -l words (commandline -opc)
    $words[1] explain all 2>/dev/null | string replace -rf '^OG\d+ +[a-z]+ +([a-z0-9-]+): +(.*)' '$1\t$2'
end

function __oidcgen_severities
    set -l value (__oidcgen_value)
    if string match -q -- '*=*' "$value"
        printf '%s\n' (string replace -r -- '=.*' '' $value)={error,warning,note}
    else
        __oidcgen_rules | string replace -r '\t' '=\t'
    end
end

function __oidcgen_reports
    set -l value (__oidcgen_value)
    if string match -q -- '*=*' "$value"
        set -l format (string replace -r -- '=.*' '' $value)
        set -l path (string replace -r -- '^[^=]*=' '' $value)
        printf '%s\n' $format=(__fish_complete_path $path | string replace -r '\t.*' '')
    else
        printf '%s=\n' text concise json sarif github gitlab junit
    end
end

# The clients that a report on the files of the command line is about.
function __oidcgen_clients
    set -l words (commandline -opc)
    set -l given
    set -l before ''
    for word in $words[2..-1]
        switch $before
            case --config --metadata
                set -a given $before $word
            case --color --format --report --select --ignore --severity --site --kind --define --env-file --values \
                --client --only --use --show --authelia-version --immich-version --authentik-version --address \
                --provider-url --fail-on
            case '*'
                switch $word
                    case '--config=*' '--metadata=*'
                        set -a given $word
                    case '-*' (__oidcgen_command)
                    case '*'
                        test -e $word; and set -a given $word
                end
        end
        set before $word
    end
    test (count $given) -gt 0; or return
    $words[1] lint --format json $given 2>/dev/null </dev/null |
        string replace -rf '^ *"client": "([A-Za-z0-9._~@:/+-]+)",?$' '$1' | sort -u
end

# The releases that an option takes: lines of releases, and those of a line once its two numbers are written.
function __oidcgen_releases
    set -l value (__oidcgen_value)
    set -l lines
    switch $argv[1]
        case --authelia-version
            set lines 4.39:20 4.38:19
        case --immich-version
            set lines 3.2:2 3.1:0 3.0:3 2.7:5 2.6:3 2.5:6 2.4:1 2.3:1 2.2:3 2.1:0 2.0:1 1.144:1 1.143:1 1.142:1 1.141:1 \
                1.140:1 1.139:4 1.138:1 1.137:3 1.136:0 1.135:3 1.134:0 1.133:1 1.132:3 1.131:3 1.130:3 1.129:0 1.128:0 \
                1.127:0 1.126:1 1.125:7 1.124:2 1.123:0 1.122:3 1.121:0 1.120:2 1.119:1 1.118:2 1.117:0 1.116:2 1.115:0 \
                1.114:0 1.113:1 1.112:1 1.111:0 1.110:0 1.109:2 1.108:0 1.107:2 1.106:4 1.105:1 1.104:0 1.103:1 1.102:3 \
                1.101:0 1.100:0 1.99:0 1.98:2 1.97:0 1.96:0 1.95:1 1.94:1 1.93:3 1.92:1 1.91:4 1.90:2
        case --authentik-version
            set lines 2026.8:5 2026.5:8 2026.2:7 2025.12:6 2025.10:4 2025.8:6 2025.6:4 2025.4:4 2025.2:4 2024.12:5 2024.10:5 \
                2024.8:6 2024.6:5 2024.4:4 2024.2:4 2023.10:7
    end
    printf '%s\n' $argv[2..-1]
    for line in $lines
        set -l parts (string split : $line)
        if string match -q -- "$parts[1].*" "$value"
            printf '%s\n' $parts[1].(seq 0 $parts[2])
        else
            echo $parts[1]
        end
    end
end

complete -c oidcgen -f
complete -c oidcgen -n 'not __oidcgen_command >/dev/null' -a '(__oidcgen_commands)'
complete -c oidcgen -n '__oidcgen_command_is authelia immich authentik google checklist lint diagnose hash' -F
complete -c oidcgen -n '__oidcgen_command_is explain' -a '(echo all; __oidcgen_rules)'
complete -c oidcgen -n '__oidcgen_command_is help' -a '(__oidcgen_commands)'

complete -c oidcgen -s h -l help -d 'print this help'
complete -c oidcgen -s V -l version -d 'print the version'
complete -c oidcgen -l color -x -a 'auto always never' -d 'use colours; auto means on a terminal (default: auto)'

# init authelia immich authentik google checklist
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l domain -x -d 'domain that the application and the provider share'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l subdomain -x -d 'where the application is opened below the domain; empty for the domain itself'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l client-id -x -d 'client id, the same on both sides'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l provider -x -a 'authelia authentik google other' -d 'login provider (default: authelia)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l application -x -a 'immich' -d 'application that people log in to'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l auth-subdomain -x -d 'where the provider is opened below the domain (default: auth)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l auth-host -x -d 'host of the provider, instead of auth_subdomain'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l authelia-version -x -k -a '(__oidcgen_releases --authelia-version)' -d 'release of Authelia to write for (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l immich-version -x -k -a '(__oidcgen_releases --immich-version)' -d 'release of Immich to write for (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l authentik-version -x -k -a '(__oidcgen_releases --authentik-version)' -d 'release of authentik to write for (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l address -x -d 'address of the application, instead of subdomain'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l other-addresses -x -d 'further addresses people open the application at'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l client-name -x -d 'name of the client on the consent page (default: the application\'s)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l secret-file -r -F -d 'file with the client secret (default: CLIENT_ID.secret beside the site file)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l digest-file -r -F -d 'file with the digest of the secret (default: CLIENT_ID.digest beside the site file)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l policy -x -d 'Authelia\'s authorization policy for the client (default: two_factor)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l mobile -x -a 'direct override' -d 'how the app comes back after a login (default: direct)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l auth-method -x -a 'client_secret_post client_secret_basic' -d 'how Immich authenticates at the token endpoint (default: by version)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l button-text -x -d 'text of the login button (default: Login with PROVIDER)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l auto-register -x -a 'true false' -d 'make an account at the first login (default: true)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l auto-launch -x -a 'true false' -d 'go on from the login page to the provider by itself (default: false)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l storage-label-claim -x -d 'claim for the storage label (default: preferred_username)'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l quota-claim -x -d 'claim with the quota in GiB, which the provider sends'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l role-claim -x -d 'claim with the role (admin or user), which the provider sends'
complete -c oidcgen -n '__oidcgen_command_is init authelia immich authentik google checklist' -l issuer -x -d 'issuer of another provider, as its metadata has it'

# authelia
complete -c oidcgen -n '__oidcgen_command_is authelia' -l style -x -a 'client snippet full' -d 'form of the output (default: snippet)'
complete -c oidcgen -n '__oidcgen_command_is authelia' -l indent -x -d 'blanks in front of each line, for --style client (default: 0)'
complete -c oidcgen -n '__oidcgen_command_is authelia' -l digest -x -d 'digest of the client secret'

# authelia immich authentik google checklist
complete -c oidcgen -n '__oidcgen_command_is authelia immich authentik google checklist' -l output -r -F -d 'write to this file instead of standard output'
complete -c oidcgen -n '__oidcgen_command_is authelia immich authentik google checklist' -l force -d 'replace an existing file'

# immich checklist lint
complete -c oidcgen -n '__oidcgen_command_is immich checklist lint' -l metadata -r -F -d 'file with what the provider publishes at /.well-known/openid-configuration'

# immich
complete -c oidcgen -n '__oidcgen_command_is immich' -l format -x -a 'json yaml' -d 'notation of the settings (default: json)'
complete -c oidcgen -n '__oidcgen_command_is immich' -l secret-placeholder -x -d 'text to write instead of the secret'

# authentik
complete -c oidcgen -n '__oidcgen_command_is authentik' -l style -x -a 'env file literal' -d 'form of the output (default: env)'

# google checklist
complete -c oidcgen -n '__oidcgen_command_is google checklist' -l format -x -a 'text json' -d 'form of the output (default: text)'

# lint diagnose
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l config -r -F -d 'file that Authelia, authentik or Google reads together with the other files given so; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l site -r -F -d 'site description with addresses and versions'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l literal -d 'treat text like ${X} or {{ x }} as it is, not as a placeholder'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l authelia-version -x -k -a '(__oidcgen_releases --authelia-version auto)' -d 'release of Authelia to check for; auto detects it (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l immich-version -x -k -a '(__oidcgen_releases --immich-version auto)' -d 'release of Immich to check for; auto detects it (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l authentik-version -x -k -a '(__oidcgen_releases --authentik-version auto)' -d 'release of authentik to check for; auto detects it (default: the newest)'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l address -x -d 'address at which people open Immich; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint diagnose' -l provider-url -x -d 'address at which people reach Authelia, authentik or Google'

# lint
complete -c oidcgen -n '__oidcgen_command_is lint' -l format -x -a 'text concise json sarif github gitlab junit' -d 'form of the report (default: text; in GitHub Actions: github)'
complete -c oidcgen -n '__oidcgen_command_is lint' -l report -x -a '(__oidcgen_reports)' -d 'write the report to a file too, in any of these forms; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l quiet -d 'print findings only: no sums, logins and hints'
complete -c oidcgen -n '__oidcgen_command_is lint' -l statistics -d 'count the findings of each rule'
complete -c oidcgen -n '__oidcgen_command_is lint' -l select -x -a '(__oidcgen_rules)' -d 'report only these rules: names, codes or the beginning of codes (OG3); may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l ignore -x -a '(__oidcgen_rules)' -d 'do not report these rules; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l severity -x -a '(__oidcgen_severities)' -d 'report a rule as error, warning or note; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l kind -x -a 'authelia immich authentik google other' -d 'file type, if it cannot be detected'
complete -c oidcgen -n '__oidcgen_command_is lint' -l define -x -d 'value for the placeholder of that name, not for secrets; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l env-file -r -F -d 'file of NAME=VALUE lines that fill placeholders; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l resolve -d 'read the files and variables that templates in the files ask for on this machine'
complete -c oidcgen -n '__oidcgen_command_is lint' -l values -r -F -d 'Helm values file that fills {{ .Values.NAME }}; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l client -x -a '(__oidcgen_clients)' -d 'only what concerns the client with this id'
complete -c oidcgen -n '__oidcgen_command_is lint' -l only -r -F -d 'only what concerns this file, or the files in this folder; may be repeated'
complete -c oidcgen -n '__oidcgen_command_is lint' -l follow -d 'read the files too that a Compose file hands to these programs'
complete -c oidcgen -n '__oidcgen_command_is lint' -l use -x -a 'file import' -d 'how Immich gets its settings (default: file)'
complete -c oidcgen -n '__oidcgen_command_is lint' -l show -x -a 'discovery effective' -d 'print what Authelia, authentik or Google publishes, or the settings that Immich uses, instead of a report'
complete -c oidcgen -n '__oidcgen_command_is lint' -l fail-on -x -a 'error warning note never' -d 'lowest severity that makes the exit status 1 (default: warning)'
complete -c oidcgen -n '__oidcgen_command_is lint' -l strict -d 'warn about logins that cannot be predicted'
complete -c oidcgen -n '__oidcgen_command_is lint' -l trace -d 'show every step of each login'

# diagnose
complete -c oidcgen -n '__oidcgen_command_is diagnose' -l format -x -a 'text concise json' -d 'form of the report (default: text)'

# explain
complete -c oidcgen -n '__oidcgen_command_is explain' -l format -x -a 'text json markdown' -d 'form of the answer (default: text)'

# hash
complete -c oidcgen -n '__oidcgen_command_is hash' -l env -x -d 'environment variable with the secret'
complete -c oidcgen -n '__oidcgen_command_is hash' -l each -r -F -d 'file with one secret on each line, - for standard input'
complete -c oidcgen -n '__oidcgen_command_is hash' -l verify -x -d 'check whether the secret matches this digest'
complete -c oidcgen -n '__oidcgen_command_is hash' -l generate -d 'make a secret; print it, and its digest on the next line'
complete -c oidcgen -n '__oidcgen_command_is hash' -l length -x -d 'characters of a generated secret (default: 72)'
complete -c oidcgen -n '__oidcgen_command_is hash' -l iterations -x -d 'work that the digest takes (default: 310000)'
complete -c oidcgen -n '__oidcgen_command_is hash' -l json -d 'print one JSON object'
