#include "text/host_memory.h"

#include <algorithm>
#include <span>

#include "base/check.h"
#include "text/idna_mapping.h"
#include "text/punycode.h"
#include "text/url_chars.h"
#include "text/utf8_inline.h"

namespace sieve {
namespace {

constexpr std::string_view kPrefix = "xn--";

bool is_ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Appends to a fixed buffer; remembers when something did not fit.
class Output {
 public:
  explicit Output(std::span<char> bytes) : bytes_(bytes) {}

  void put(std::string_view text) {
    if (text.size() > bytes_.size() - size_) {
      fits_ = false;
      return;
    }
    std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<ptrdiff_t>(size_));
    size_ += text.size();
  }

  bool fits() const { return fits_; }
  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::span<char> bytes_;
  size_t size_ = 0;
  bool fits_ = true;
};

bool put_a_label(std::string_view label, Output& out) {
  std::array<char, kLabelBytesMax> encoded;
  std::array<char32_t, kLabelBytesMax> letters;
  size_t count = 0;
  for (size_t at = 0; at < label.size(); at += utf8_size_of_lead(label[at])) {
    if (count == letters.size()) return false;
    letters[count++] = decode_at(label.data(), at);
  }
  const auto size = encode_punycode({letters.data(), count}, encoded);
  if (!size || *size + kPrefix.size() > kLabelBytesMax) return false;
  out.put(kPrefix);
  out.put({encoded.data(), *size});
  return true;
}

// A label that does not decode to one stays as it is.
void put_u_label(std::string_view label, Output& out) {
  std::array<char32_t, kLabelBytesMax> letters;
  const auto count = decode_punycode(label.substr(kPrefix.size()), letters);
  if (!count || !std::all_of(letters.data(), letters.data() + *count, may_be_in_label)) {
    return out.put(label);
  }
  for (size_t i = 0; i < *count; ++i) {
    std::array<char, 4> bytes;
    out.put({bytes.data(), encode_utf8(letters[i], bytes.data())});
  }
}

// Calls `use` with each label of `host`, and puts dots between what it writes.
template <typename Use>
bool for_each_label(std::string_view host, Output& out, Use use) {
  for (bool first = true;; first = false) {
    const size_t dot = std::min(host.find('.'), host.size());
    if (!first) out.put(".");
    if (!use(host.substr(0, dot))) return false;
    if (dot == host.size()) return true;
    host.remove_prefix(dot + 1);
  }
}

bool put_ascii(std::string_view host, Output& out) {
  return for_each_label(host, out, [&out](std::string_view label) {
    if (label.empty()) return false;
    if (!std::all_of(label.begin(), label.end(), is_ascii_byte)) return put_a_label(label, out);
    if (label.size() > kLabelBytesMax) return false;
    out.put(label);
    return true;
  });
}

void put_unicode(std::string_view host, Output& out) {
  for_each_label(host, out, [&out](std::string_view label) {
    label.starts_with(kPrefix) ? put_u_label(label, out) : out.put(label);
    return true;
  });
}

bool has_a_label(std::string_view host) {
  return host.starts_with(kPrefix) || host.find(".xn--") != std::string_view::npos;
}

}  // namespace

std::optional<CanonicalHost> HostMemory::put(std::string_view written) {
  Slot& slot = next_slot();
  Output ascii({slot.ascii.data(), kHostBytesMax});
  if (!put_ascii(written, ascii) || !ascii.fits()) return std::nullopt;
  CanonicalHost host{ascii.text(), ascii.text(), {}};
  slot.ascii[host.ascii.size()] = '\0';
  if (has_a_label(host.ascii)) {
    Output unicode(slot.unicode);
    put_unicode(host.ascii, unicode);
    host.unicode = unicode.text();
  }
  const size_t domain_size = block_->domains.size_for(host.ascii);
  host.domain = host.ascii.substr(host.ascii.size() - domain_size);
  ++count_;
  return host;
}

CanonicalHost HostMemory::put_address(std::string_view address) {
  Slot& slot = next_slot();
  std::copy(address.begin(), address.end(), slot.ascii.begin());
  ++count_;
  const std::string_view host(slot.ascii.data(), address.size());
  return {host, host, {}};
}

HostMemory::Slot& HostMemory::next_slot() {
  SIEVE_CHECK(count_ < limits::kUrlsPerMessageMax, "{} hosts", count_);
  if (block_ == nullptr) block_ = std::make_unique<Block>();
  return block_->slots[count_];
}

}  // namespace sieve
