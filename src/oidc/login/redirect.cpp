#include "document/addition.hpp"
#include "document/hole_text.hpp"
#include "oidc/advice.hpp"
#include "oidc/difference.hpp"
#include "oidc/login/attempt.hpp"
#include "oidc/login/checks.hpp"
#include "oidc/login/rules.hpp"
#include "util/text.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oidcgen::oidc {

namespace {

using namespace std::string_view_literals;

constexpr std::array k_redirect_uri_unregistered_sources{
    "https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.3"sv,
    "https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest"sv};
constexpr std::array k_redirect_uri_insecure_sources{"https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2.1"sv};

} // namespace

const rule::Rule k_redirect_uri_unregistered{
    .code = "OG3001",
    .name = "redirect-uri-unregistered",
    .consequence = rule::Consequence::login_fails,
    .summary = "the address that the login returns to is not among the client's redirect_uris",
    .why = "OpenID Connect requires that the whole address is the same: scheme, host, port, path, final slash, upper "
           "and lower case. Each way to log in may return to an address of its own, which needs its own line.",
    .bad = "redirect_uris:\n  - https://photos.example.com/",
    .good = "redirect_uris:\n  - https://photos.example.com/auth/login\n  - https://photos.example.com/user-settings",
    .ignore = "for a device that nobody uses",
    .sources = k_redirect_uri_unregistered_sources,
};

const rule::Rule k_redirect_uri_insecure{
    .code = "OG3018",
    .name = "redirect-uri-insecure",
    .consequence = rule::Consequence::login_fails,
    .also = {rule::Consequence::risk},
    .summary = "a login returns to an http address",
    .why = "On its way to an http address a code can be read by others, so a provider may refuse to send it there even "
           "if the address is registered (RFC 6749, section 3.1.2.1).",
    .bad = "redirect_uris:\n  - http://photos.example.com/auth/login",
    .good = "redirect_uris:\n  - https://photos.example.com/auth/login",
    .sources = k_redirect_uri_insecure_sources,
};

namespace {

using Entry = Located<RedirectUri>;

document::HoleText text_of(const Entry& entry) { return document::hole_text(entry.value.text, entry.is_unknown()); }

/// The entry of that path on another host, or of that app.
const Entry* relative(const std::vector<Entry>& uris, const document::HoleText& sent) {
    const auto found = std::ranges::find_if(uris, [&](const Entry& uri) {
        document::HoleNames names; // of these two alone, so that the names of a long list cost nothing
        const RedirectUri wanted{names.named(sent)};
        const RedirectUri entry{names.named(text_of(uri))};
        return entry.is_web() == wanted.is_web() && entry.telling_part() == wanted.telling_part();
    });
    return found == uris.end() ? nullptr : &*found;
}

/// The registered entry that was most likely meant: the one with the fewest edits, or with the same path elsewhere.
const Entry* nearest_entry(const std::vector<Entry>& uris, const document::HoleText& sent) {
    std::vector<std::string_view> texts;
    std::ranges::transform(uris, std::back_inserter(texts),
                           [](const Entry& uri) { return std::string_view(uri.value.text); });
    if (const auto near = util::nearest(sent.text, texts)) {
        const auto found = std::ranges::find(texts, *near);
        return &uris[static_cast<std::size_t>(std::distance(texts.begin(), found))];
    }
    return relative(uris, sent);
}

/// What the registered redirect URIs make of the one that is sent.
struct Answer {
    document::Likeness likeness = document::Likeness::different;
    const Entry* entry = nullptr; ///< the same: the one that matches
    bool rests_on_holes = false;
};

Answer answer(const Attempt& attempt) {
    const auto sent = attempt.sent();
    const auto& system = attempt.provider_system();
    Answer result;
    for (const auto& uri : attempt.registration->redirect_uris.value) {
        const auto text = text_of(uri);
        if (uri.is_unknown() && text.holes.empty()) { // it may be anything
            result.likeness = result.entry == nullptr ? document::Likeness::open : result.likeness;
            continue;
        }
        document::HoleNames names;
        const auto named = names.named(sent);
        if (system.redirect_matches(RedirectUri{names.named(text), uri.value.is_pattern}, named)) {
            const bool rests = !text.holes.empty();
            if (!rests || result.entry == nullptr) {
                result = {document::Likeness::same, &uri, rests};
            }
            if (!rests) {
                return result;
            }
            continue;
        }
        if (result.entry != nullptr || (text.holes.empty() && sent.holes.empty())) {
            continue;
        }
        const auto comparison = document::compare(text, sent);
        if (comparison.likeness == document::Likeness::open) {
            result.likeness = document::Likeness::open;
        }
        result.rests_on_holes = result.rests_on_holes || comparison.rests_on_holes;
    }
    return result;
}

/// True when the address at which the application is opened decides, and is not known.
bool needs_address(const Attempt& attempt) {
    if (!attempt.way.is_at_address || !attempt.circumstances.address.empty()) {
        return false;
    }
    // A client that was assumed has whatever is sent.
    const auto path = attempt.app_system().redirect(attempt.party, attempt.way, {}).uri;
    const auto& uris = attempt.registration->redirect_uris.value;
    return std::ranges::none_of(uris, [&](const Entry& uri) { return uri.value.text == path; }) &&
           std::ranges::any_of(uris, [](const Entry& uri) { return uri.is_unknown() || uri.value.is_web(); });
}

/// Notes where the address or setting comes from that decides what is sent.
void note_origin(const Attempt& attempt, rule::Finding& finding) {
    const auto& redirect = attempt.redirect;
    if (redirect.setting) {
        finding.notes.push_back(
            {util::words("the application's {} is set here", redirect.setting_noun), redirect.setting});
    } else if (attempt.way.is_at_address && attempt.circumstances.address_place) {
        const auto& place = attempt.circumstances.address_place;
        const bool is_registered = place.document == attempt.registration->place.document;
        finding.notes.push_back(
            {is_registered ? util::words("the address {} was taken from this entry", attempt.circumstances.address)
                           : util::words("the address {} is set here", attempt.circumstances.address),
             place});
    }
}

rule::Finding unregistered(Attempt& attempt) {
    const auto& registered = attempt.registration->redirect_uris;
    const auto& uri = attempt.redirect.uri;
    const auto list = setting_name(registered.place, "redirect_uris");
    const auto* const near = nearest_entry(registered.value, attempt.sent());
    const auto register_ = attempt.provider_system().how_to_register;
    const auto returns = util::words("{} {}", attempt.way.return_words, util::outside(uri, 200));
    const auto second = attempt.app_system().token_redirect(attempt.party, attempt.redirect);
    if (second != uri && attempt.redirect.setting) {
        // It has to be written in another form anyway.
        attempt.is_redirect_settled = true;
        auto finding = rule::finding(k_redirect_uri_unregistered,
                                     util::words("{}, which is not in the client's {}", returns, list),
                                     near != nullptr ? near->place : document::named_at(registered.place),
                                     util::words("write {} in {} and in {}", second, list,
                                                 setting_name(attempt.redirect.setting, "the setting")));
        note_origin(attempt, finding);
        return finding;
    }
    if (near == nullptr) {
        const bool is_path_only = uri.starts_with('/'); // no address is known, and none is registered
        auto finding = rule::finding(
            k_redirect_uri_unregistered, util::words("{}, which is not in the client's {}", returns, list),
            registered.place ? document::named_at(registered.place) : attempt.registration->place,
            is_path_only           ? util::words("add the application's address with {} to {}", uri, list)
            : register_ != nullptr ? register_(*attempt.registration, uri)
                                   : how_to_add(registered.place, list, uri));
        note_origin(attempt, finding);
        return finding;
    }
    auto finding = rule::finding(
        k_redirect_uri_unregistered,
        util::words("{}, and the client's entry {}", returns, difference(near->value.text, uri)), near->place,
        attempt.redirect.setting ? util::words("write {}", uri)
                                 : util::words("write {} here, or add it to {}", uri, list));
    note_origin(attempt, finding);
    return finding;
}

} // namespace

// Once fixed: the client has the redirect URI that is sent, whichever side was changed.

Step check_redirect_uri(Attempt& attempt) {
    const auto& registered = attempt.registration->redirect_uris;
    if (needs_address(attempt)) {
        attempt.cannot_know(registered.place, rule::Doubt::address_unknown);
        return Step::goes_on;
    }
    attempt.redirect = attempt.app_system().redirect(attempt.party, attempt.way, attempt.circumstances.address);
    if (attempt.redirect.unknown) {
        attempt.cannot_know(attempt.redirect.unknown);
        return Step::goes_on;
    }
    attempt.trace(Stage::authorize,
                  util::words("the browser is sent to the provider, to come back to {}", attempt.redirect.uri));
    const auto found = answer(attempt);
    const auto sent = attempt.sent();
    if (found.likeness == document::Likeness::same) {
        if (found.rests_on_holes) {
            attempt.take_for_alike(sent, attempt.sent_from(), text_of(*found.entry), found.entry->place);
        }
        return Step::goes_on;
    }
    if (registered.is_unknown() || found.likeness == document::Likeness::open) {
        attempt.cannot_know(registered.place);
        return Step::goes_on;
    }
    if (attempt.provider.behaviour.learns_redirect_uri && registered.value.empty() &&
        attempt.way.name == attempt.app_system().ways.front().name) {
        attempt.trace(Stage::authorize, "the client has no redirect URIs, so the provider keeps this one, the first");
        return Step::goes_on;
    }
    // An entry that is refused may be the one that was meant.
    if (std::ranges::any_of(registered.value, [&](const Entry& uri) { return attempt.is_doubtful(uri.place); })) {
        return Step::goes_on;
    }
    bool is_assumed = false;
    if (found.rests_on_holes) {
        for (const auto& uri : registered.value) {
            const auto text = text_of(uri);
            if (document::compare(text, sent).rests_on_holes) {
                is_assumed = attempt.take_for_alike(sent, attempt.sent_from(), text, uri.place) || is_assumed;
            }
        }
    }
    auto finding = unregistered(attempt);
    finding.is_assumed = is_assumed;
    return attempt.fail(Stage::authorize, std::move(finding));
}

Step check_insecure_redirect(Attempt& attempt) {
    const auto& registration = *attempt.registration;
    const auto& uri = attempt.redirect.uri;
    const auto& system = attempt.provider_system();
    document::HoleNames names;
    const auto named = names.named(attempt.sent());
    if (!uri.starts_with("http://") || registration.is_public.is_unknown() ||
        system.returns_to(attempt.provider, registration, named)) {
        return Step::goes_on;
    }
    if (const auto url = util::split_url(named); url && names.holds_any(url->host())) {
        attempt.cannot_know(registration.redirect_uris.place); // whether that is the machine itself
        return Step::goes_on;
    }
    const auto& uris = registration.redirect_uris;
    const auto entry = std::ranges::find_if(uris.value, [&](const Entry& registered) {
        return system.redirect_matches(RedirectUri{names.named(text_of(registered)), registered.value.is_pattern},
                                       named);
    });
    return attempt.fail(
        Stage::authorize,
        between(k_redirect_uri_insecure,
                util::words("the provider does not send the browser back to {}", util::outside(uri, 200)),
                entry != uris.value.end() ? entry->place : uris.place, "the client is a public one",
                registration.is_public.place, "open the application by https, or make the client a confidential one"));
}

} // namespace oidcgen::oidc
