#include "text/entities.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "text/handle_scanner.h"
#include "text/url_scanner.h"

namespace sieve {
namespace {

constexpr size_t kHostBytesMax = 256;

struct Service {
  std::string_view host;  // Or the scheme of an app.
  std::string_view name;
};

constexpr std::array kServices = {Service{"line.me", "line"},
                                  Service{"lin.ee", "line"},
                                  Service{"liff.line.me", "line"},
                                  Service{"page.line.me", "line"},
                                  Service{"line", "line"},
                                  Service{"t.me", "telegram"},
                                  Service{"telegram.me", "telegram"},
                                  Service{"telegram.dog", "telegram"},
                                  Service{"tg", "telegram"},
                                  Service{"wa.me", "whatsapp"},
                                  Service{"wa.link", "whatsapp"},
                                  Service{"api.whatsapp.com", "whatsapp"},
                                  Service{"whatsapp.com", "whatsapp"},
                                  Service{"chat.whatsapp.com", "whatsapp"},
                                  Service{"whatsapp", "whatsapp"},
                                  Service{"zalo.me", "zalo"},
                                  Service{"zalo", "zalo"},
                                  Service{"viber.me", "viber"},
                                  Service{"invite.viber.com", "viber"},
                                  Service{"chats.viber.com", "viber"},
                                  Service{"viber", "viber"},
                                  Service{"m.me", "messenger"},
                                  Service{"messenger.com", "messenger"},
                                  Service{"signal.me", "signal"},
                                  Service{"signal.group", "signal"},
                                  Service{"u.wechat.com", "wechat"},
                                  Service{"weixin.qq.com", "wechat"},
                                  Service{"weixin", "wechat"},
                                  Service{"open.kakao.com", "kakao"},
                                  Service{"pf.kakao.com", "kakao"}};

std::string_view service_of(std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  const auto found = std::find_if(kServices.begin(), kServices.end(),
                                  [host](const Service& s) { return s.host == host; });
  return found == kServices.end() ? std::string_view() : found->name;
}

// The host with plain dots, in memory of `out` that does not move.
std::string_view rewrite_host(std::string_view host, Entities& out) {
  constexpr size_t kBytes = limits::kUrlsPerMessageMax * kHostBytesMax;
  if (out.rewritten == nullptr) out.rewritten = std::make_unique_for_overwrite<char[]>(kBytes);
  const size_t begin = out.rewritten_size;
  for (size_t at = 0; at < host.size() && out.rewritten_size < kBytes;) {
    const size_t dot = dot_size(host, at);
    out.rewritten[out.rewritten_size++] = dot > 0 ? '.' : host[at];
    at += std::max(dot, size_t{1});
  }
  return {out.rewritten.get() + begin, out.rewritten_size - begin};
}

}  // namespace

void extract_entities(const FoldedText& folded, Entities& out) {
  out.clear();
  UrlScanner scanner(folded.text);
  for (auto url = scanner.next(); url.has_value(); url = scanner.next()) {
    const std::string_view written =
        folded.text.substr(url->host.begin, url->host.end - url->host.begin);
    // In viber://chat the app is the host of the matter.
    const std::string_view app = service_of(url->scheme);
    if (!app.empty()) {
      if (out.handles.size() < limits::kUrlsPerMessageMax) out.handles.push_back({app, url->span});
      continue;
    }
    if (out.urls.size() == limits::kUrlsPerMessageMax) break;
    const std::string_view host = url->has_dressed_dot ? rewrite_host(written, out) : written;
    out.urls.push_back({host, host, {}, url->span, 0});
    const std::string_view service = service_of(host);
    if (!service.empty()) out.handles.push_back({service, url->span});
  }
  find_handles(folded.text, out.urls, out.handles);
}

}  // namespace sieve
