"""What a provider publishes for its file, given instead of the file, must lead to the same verdict as far as it goes."""

import json

# What metadata tells, and what therefore has to be found with it, too.
OF_METADATA = {"issuer-elsewhere", "issuer-path-wrong", "issuer-insecure", "issuer-url-unusable"}
STAGES = ["config-provider", "config-app", "discovery", "authorize", "consent", "callback", "token", "id_token",
          "userinfo", "account"]


def differences(run, provider, app, flags, versions):
    """What differs, as a list of sentences; null when the provider publishes nothing for its file.

    `run` takes the arguments of the program and returns what it prints; `flags` are for lint, `versions` those of them
    that choose a release of the provider.
    """
    published = run("lint", "--show", "discovery", str(provider), *flags, *versions)
    try:
        document = json.loads(published)
    except json.JSONDecodeError:
        return None
    if not document.get("openid_configuration"):
        return None
    metadata = provider.with_name("metadata-of-test.json")
    metadata.write_text(published, encoding="utf-8")
    try:
        whole = json.loads(run("lint", "--format", "json", str(provider), str(app), *flags, *versions))
        part = json.loads(run("lint", "--format", "json", str(app), "--metadata", str(metadata), *flags))
    finally:
        metadata.unlink()
    found = []
    real = {(it["address"], it["device"]): it for it in whole["logins"]}
    for login in part["logins"]:
        pair = real.get((login["address"], login["device"]))
        if pair is None or pair["stage"] in ("config-provider", "config-app"):
            continue
        names = set(pair["because"]) | set(pair["then"])
        if login["outcome"] == "fails":
            if login["because"] == ["issuer-elsewhere"] and pair["outcome"] != "fails":
                continue  # a provider may publish something else under another name
            if pair["outcome"] != "fails" or STAGES.index(pair["stage"]) > STAGES.index(login["stage"]):
                found.append(f"{login['device']} fails at {login['stage']} ({', '.join(login['because'])}) with the "
                             f"metadata alone, and {pair['outcome']} at {pair['stage']} with the file")
            elif login["stage"] == pair["stage"] and not names & set(login["because"]):
                found.append(f"{login['device']}: {', '.join(login['because'])} with the metadata alone, "
                             f"{', '.join(names)} with the file")
        if set(pair["because"]) & OF_METADATA and login["outcome"] == "works":
            found.append(f"{login['device']} fails because of {', '.join(pair['because'])}, which the metadata shows "
                         f"too, and it says: {login['outcome']} {', '.join(login['because'])}")
    return found
