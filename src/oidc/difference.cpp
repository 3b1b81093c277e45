#include "oidc/difference.hpp"

#include "document/hole_text.hpp"
#include "util/text.hpp"
#include "util/url.hpp"

#include <optional>
#include <string>

namespace oidcgen::oidc {

namespace {

/// Without colon; empty when it has none.
std::string_view port_of(const util::UrlView& url) {
    const auto user = url.userinfo();
    const auto before = user.empty() && !url.authority.starts_with('@') ? 0 : user.size() + 1;
    const auto port = url.authority.substr(before + url.host().size());
    return port.substr(port.starts_with(':') ? 1 : 0);
}

/// The parts of an address in which marks of placeholders divide nothing.
std::optional<util::UrlView> split_url(std::string_view text) {
    const auto whole = document::without_holes(document::hole_text(text, true, document::PlaceholderUse::identifier));
    const auto found = util::split_url(whole);
    if (!found) {
        return std::nullopt;
    }
    const auto same = [&](std::string_view part) {
        return text.substr(static_cast<std::size_t>(part.data() - whole.data()), part.size());
    };
    return util::UrlView{same(found->scheme), same(found->authority), same(found->path), same(found->query)};
}

/// About a part that either address may lack: `the port`, `the path`.
util::Words part_difference(const char* noun, std::string_view is, std::string_view right) {
    if (is.empty()) {
        return util::words("lacks {} {}", noun, right);
    }
    return right.empty() ? util::words("has {} {}, which does not belong there", noun, is)
                         : util::words("has {} {} instead of {}", noun, is, right);
}

} // namespace

util::Words difference(std::string_view address, std::string_view right) {
    if (util::lowered(address) == util::lowered(right)) {
        return "differs in upper and lower case";
    }
    if (util::trimmed(address) == right) {
        return "has spaces around it";
    }
    if (address == std::string(right) + "/") {
        return "has a slash at the end";
    }
    if (right == std::string(address) + "/") {
        return "lacks the slash at the end";
    }
    const auto is = split_url(address);
    const auto wanted = split_url(right);
    if (!is || !wanted) {
        return util::words("is {}", util::outside(address, 200));
    }
    const bool is_other_host = util::lowered(is->host()) != util::lowered(wanted->host());
    if (is->scheme != wanted->scheme) {
        return is_other_host
                   ? util::words("begins with {} instead of {}", util::origin_part(address), util::origin_part(right))
                   : util::words("begins with {} instead of {}", is->scheme, wanted->scheme);
    }
    if (is_other_host) {
        return util::words("has the host {} instead of {}", is->host(), wanted->host());
    }
    if (port_of(*is) != port_of(*wanted)) {
        return part_difference("the port", port_of(*is), port_of(*wanted));
    }
    if (is->userinfo() != wanted->userinfo()) {
        return "differs in the user name in front of the host";
    }
    if (is->path != wanted->path) {
        return part_difference("the path", is->path, wanted->path);
    }
    return "has something else behind the path";
}

} // namespace oidcgen::oidc
