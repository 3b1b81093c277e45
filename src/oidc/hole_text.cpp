#include "oidc/hole_text.hpp"

namespace oidcgen::oidc {

document::HoleText hole_text(const Text& text, document::PlaceholderUse use) {
    return document::hole_text(text.value, text.is_unknown(), use);
}

bool is_partly_known(const Text& text, document::PlaceholderUse use) {
    return !text.is_unknown() || !hole_text(text, use).holes.empty();
}

document::Comparison compare(const Text& left, const Text& right, document::PlaceholderUse use) {
    if (!is_partly_known(left, use) || !is_partly_known(right, use)) {
        return {};
    }
    return document::compare(hole_text(left, use), hole_text(right, use));
}

} // namespace oidcgen::oidc
