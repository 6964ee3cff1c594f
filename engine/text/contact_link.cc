#include "text/contact_link.h"

#include <algorithm>
#include <array>

#include "base/numbering_plans.h"
#include "text/ascii.h"

namespace sieve {
namespace {

// How the links of a host name a contact. Lists are separated by spaces, with one at either end.
struct LinkForm {
  std::string_view host;  // Or the scheme of an app.
  std::string_view service;
  // Segments of the path before the name. `required`: one of them must stand there.
  std::string_view before_name;
  bool required = false;
  // First segments of pages that name nobody.
  std::string_view no_name;
};

constexpr std::string_view kLinePath = " r ti p g g2 oamessage home public main profile ";
constexpr std::string_view kTelegramPages =
    " share addstickers addemoji proxy socks setlanguage login iv bg invoice ";

constexpr std::array kForms = {
    LinkForm{"line.me", "line", kLinePath, true, {}},
    LinkForm{"line", "line", kLinePath, false, " msg nv shop "},
    LinkForm{"lin.ee", "line", {}, false, {}},
    LinkForm{"liff.line.me", "line", {}, false, {}},
    LinkForm{"page.line.me", "line", {}, false, {}},
    LinkForm{"t.me", "telegram", " s joinchat ", false, kTelegramPages},
    LinkForm{"telegram.me", "telegram", " s joinchat ", false, kTelegramPages},
    LinkForm{"telegram.dog", "telegram", " s joinchat ", false, kTelegramPages},
    LinkForm{"tg", "telegram", " resolve join ", true, {}},
    LinkForm{"wa.me", "whatsapp", " message qr c p channel ", false, {}},
    LinkForm{"wa.link", "whatsapp", {}, false, {}},
    LinkForm{"api.whatsapp.com", "whatsapp", " send ", true, {}},
    LinkForm{"web.whatsapp.com", "whatsapp", " send ", true, {}},
    LinkForm{"whatsapp.com", "whatsapp", " channel send ", true, {}},
    LinkForm{"chat.whatsapp.com", "whatsapp", " invite ", false, {}},
    LinkForm{"whatsapp", "whatsapp", " send chat ", true, {}},
    LinkForm{"zalo.me", "zalo", " g pc s ", false, {}},
    LinkForm{"zalo", "zalo", " conversation chat qr ", false, {}},
    LinkForm{"viber.me", "viber", {}, false, {}},
    LinkForm{"invite.viber.com", "viber", {}, false, {}},
    LinkForm{"chats.viber.com", "viber", {}, false, {}},
    LinkForm{"viber", "viber", " chat pa add contact ", true, {}},
    LinkForm{"m.me", "messenger", {}, false, {}},
    LinkForm{"messenger.com", "messenger", " t e2ee ", true, {}},
    LinkForm{"signal.me", "signal", " p eu ", false, {}},
    LinkForm{"signal.group", "signal", {}, false, {}},
    LinkForm{"u.wechat.com", "wechat", {}, false, {}},
    LinkForm{"weixin.qq.com", "wechat", " r g ", true, {}},
    LinkForm{"weixin", "wechat", " contacts profile chat dl ", true, {}},
    LinkForm{"open.kakao.com", "kakao", " o me ", true, {}},
    LinkForm{"pf.kakao.com", "kakao", {}, false, {}},
    LinkForm{"qm.qq.com", "qq", " q cgi-bin qm qr ", true, {}},
    LinkForm{"wpa.qq.com", "qq", " msgrd ", true, {}},
    LinkForm{"ig.me", "instagram", " m ", true, {}},
    LinkForm{"instagram.com",
             "instagram",
             {},
             false,
             " p reel reels explore stories tv accounts direct about developer "},
};

// Parameters of a query that name a contact.
constexpr std::string_view kParameters =
    " phone number domain invite accountid chaturi uin g2 g k ";

bool is_listed(std::string_view word, std::string_view list) {
  for (size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const size_t end = at + word.size();
    if (!word.empty() && at > 0 && list[at - 1] == ' ' && list[end] == ' ') return true;
  }
  return false;
}

const LinkForm* form_of(std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  const auto* form = std::find_if(kForms.begin(), kForms.end(),
                                  [host](const LinkForm& f) { return f.host == host; });
  return form == kForms.end() ? nullptr : form;
}

// The first name in a path: segments are divided by slashes, and by the # before a fragment.
std::string_view name_in_path(std::string_view path, const LinkForm& form, bool& in_place) {
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find_first_of("/#", at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    at = end + 1;
    if (segment.empty()) continue;
    if (!is_listed(segment, form.before_name)) {
      return is_listed(segment, form.no_name) ? std::string_view() : segment;
    }
    in_place = true;
  }
  return {};
}

std::string_view name_in_query(std::string_view query) {
  for (size_t at = 0; at < query.size();) {
    const size_t end = std::min(query.find_first_of("&#", at), query.size());
    const std::string_view parameter = query.substr(at, end - at);
    at = end + 1;
    const size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    if (is_listed(parameter.substr(0, equals), kParameters)) return parameter.substr(equals + 1);
  }
  return {};
}

// Drops what may stand before a name; a plus says that digits after it are a whole number.
std::string_view undress(std::string_view name, bool& plus) {
  constexpr std::array<std::string_view, 4> kSigns = {"@", "~", "%40", "%7e"};
  for (const std::string_view sign : kSigns) {
    if (name.starts_with(sign)) name.remove_prefix(sign.size());
  }
  plus = name.starts_with('+') || name.starts_with("%2b");
  return name;
}

// Of names, and of invitations, which are random letters in some base.
bool is_link_name_char(char c) { return is_name_char(c) || c == '%' || c == '='; }

bool takes_numbers(std::string_view service) {
  return service == "whatsapp" || service == "zalo" || service == "viber" ||
         service == "telegram" || service == "signal";
}

}  // namespace

bool names_app(std::string_view scheme) {
  return scheme.find('.') == std::string_view::npos && form_of(scheme) != nullptr;
}

std::string_view id_of_number(std::string_view digits, bool plus, const NumberingPlan* plan,
                              TextPool& written) {
  const auto number =
      plus ? read_international(digits, NumberReading::kPossible) : read_dialled(digits, plan);
  if (!number) return written.add(digits);
  std::array<char, kE164BytesMax> text;
  number->write(text.data());
  return written.add({text.data(), number->size()});
}

Contact read_contact_link(std::string_view host, std::string_view rest, const NumberingPlan* plan,
                          TextPool& written) {
  const LinkForm* form = form_of(host);
  if (form == nullptr) return {};
  // A fragment may hold a question mark, but the forms we know do not.
  const size_t question = std::min(rest.find('?'), rest.size());
  bool in_place = !form->required;
  std::string_view name = name_in_path(rest.substr(0, question), *form, in_place);
  if (name.empty() && question < rest.size()) name = name_in_query(rest.substr(question + 1));
  if (name.empty() || !in_place) return {};
  bool plus = false;
  name = undress(name, plus);
  const std::string_view digits = plus ? name.substr(name[0] == '+' ? 1 : 3) : name;
  if (!digits.empty() && takes_numbers(form->service) && is_digits(digits) &&
      digits.size() <= kDialledDigitsMax) {
    // WhatsApp's links hold whole numbers; Zalo's are dialled in Vietnam.
    const bool whole = plus || form->service == "whatsapp" || form->service == "viber";
    const bool at_home = form->service == "zalo" && plan == nullptr;
    return {form->service, id_of_number(digits, whole, at_home ? find_plan("VN") : plan, written)};
  }
  // An invitation: t.me/+AbC is what t.me/joinchat/AbC was.
  if (name.starts_with('+')) name.remove_prefix(1);
  const auto end = std::find_if_not(name.begin(), name.end(), is_link_name_char);
  const auto size = std::min(static_cast<size_t>(end - name.begin()), TextPool::kTextBytesMax);
  return {form->service, name.substr(0, size)};
}

}  // namespace sieve
