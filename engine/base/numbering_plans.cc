#include "base/numbering_plans.h"

#include "base/phone.h"

namespace sieve {
namespace {

// A plan as one line says it: `leading` lists ranges of first two digits and the lengths that
// numbers beginning with them have: `18-19:8,10 20-29:8`.
struct PlanSpec {
  std::string_view country;
  std::string_view calling_code;
  char trunk;
  std::string_view international_prefixes;
  std::string_view leading;
};

// The number at `at`, which moves past it.
constexpr size_t take_number(std::string_view text, size_t& at) {
  size_t value = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    value = value * 10 + static_cast<size_t>(text[at] - '0');
  }
  return value;
}

constexpr NumberingPlan make_plan(const PlanSpec& spec) {
  NumberingPlan plan;
  plan.country = spec.country;
  plan.calling_code = spec.calling_code;
  plan.trunk = spec.trunk;
  plan.international_prefixes = spec.international_prefixes;
  for (size_t at = 0; at + 1 < spec.international_prefixes.size(); ++at) {
    const bool begins = at == 0 || spec.international_prefixes[at - 1] == ' ';
    const int second = spec.international_prefixes[at + 1] - '0';
    if (begins) plan.prefix_seconds = static_cast<uint16_t>(plan.prefix_seconds | (1 << second));
  }
  for (size_t at = 0; at < spec.leading.size(); ++at) {
    const size_t first = take_number(spec.leading, at);
    const size_t last = spec.leading[at] == '-' ? take_number(spec.leading, ++at) : first;
    uint16_t lengths = 0;
    do {
      lengths = static_cast<uint16_t>(lengths | (1U << take_number(spec.leading, ++at)));
    } while (at < spec.leading.size() && spec.leading[at] == ',');
    for (size_t digits = first; digits <= last; ++digits) plan.lengths[digits] = lengths;
    plan.lengths_all = static_cast<uint16_t>(plan.lengths_all | lengths);
  }
  return plan;
}

constexpr std::array<NumberingPlan, 19> kPlans = {
    make_plan({"TH", "66", '0', "001 002 003 004 005 006 007 008 009",
               "10:8 14:9 16:8 18-19:8,10 20-29:8 32-39:8 42-45:8 52-56:8 60-68:9 73-77:8 "
               "80-99:9"}),
    make_plan({"MM", "95", '0', "00",
               "12-14:7,8 15:7 16:6,7 17:7 18-19:8 22:6,8 23:6 24:6,8 25:6,7,8,9 26-29:6 "
               "42:7,9 43:7,8,9 44-45:7,9 46:7 52:7,8,9 53:7,9 54:7,8,9 55-60:7,9 61:7,8,9 "
               "62-63:7,9 64-65:7,8,9 66:7,9 67:7,8,9 68:7 69:7,8 70:7,9 71:7,8,9 72-73:7 "
               "74-75:7,9 81-83:7,8,9 84:7 85:7,8,9 86:7 92:8,10 93-94:9,10 95:8 96:8,9,10 "
               "97:9,10 98:8,10 99:8,9,10"}),
    make_plan({"KH", "855", '0', "001 004 005 006 007 008 009 00",
               "10-11:8 12:8,9 13-17:8 18:8,9,10 19:8,10 23-26:8,9 31:9 32-36:8,9 38:9 "
               "42-44:8,9 52-55:8,9 60-61:8 62-65:8,9 66-70:8 71:9 72-75:8,9 76:9 77-81:8 "
               "83-87:8 88:9 89-95:8 96:9 97:8,9 98-99:8"}),
    make_plan({"LA", "856", '0', "00",
               "20:10 21:8 23:8 30:9,10 31:8 34:8 41:8 51:8 54:8 61:8 64:8 71:8 74:8 81:8 84:8 "
               "86:8 88:8"}),
    make_plan({"VN", "84", '0', "00",
               "12:8 18:8,9,10 19:7,8,9,10 20-29:10 30-39:9 52:9 55-56:9 58-59:9 67:9 69:7,8 "
               "70:9 76-78:9 79:7,9 80:7 81-99:9"}),
    make_plan({"MY", "60", '0', "00",
               "10:9 11:10 12:9 13:9,10 14:9 15-18:9,10 19:9 32-39:9 42-49:8 52-59:8 62-69:8 "
               "72-79:8 82-99:8"}),
    make_plan(
        {"SG", "65", '\0', "00? 01? 02? 03?", "18-19:11 31-32:8 60-69:8 70:11 80:8,10 81-98:8"}),
    make_plan({"ID", "62", '0', "008 009 00",
               "15:7 17:9,10,11 21:7,8,9,10 22:8,9,10 23:8,9,10,11 24:9,10 25-29:8,9,10,11 "
               "31:7,8,9,10 32-38:8,9,10,11 40-48:8,9,10,11 51-56:8,9,10,11 61:7,8,9,10,11 "
               "62-65:8,9,10,11 70-77:8,9,10,11 80:8,9,10 81-83:9,10,11,12 85-89:9,10,11,12 "
               "90-92:8,9,10,11 95-98:8,9,10,11"}),
    make_plan({"PH", "63", '0', "00",
               "18:11,12,13 20-22:6 23-28:6,9 29:6 32-36:9 38:9 42-49:9 52-56:9 62-65:9 68:9 "
               "72:9 74-75:9 77-78:9 81:10 82-87:9 88:8,9,10 89-99:10"}),
    make_plan({"CN", "86", '0', "00",
               "10:7,8,10,12 13-15:11 16:8,11 17-19:11 20:7,8,10 21:7,8,10,12 22-25:7,8,10 "
               "27-29:7,8,10 31:8,9,10,11 33-35:8,9,10 37:8,9,10,11 39:8,9,10 40:10 "
               "41:8,9,10,11 42:8,9,10 43:8,9,10,11 45:8,9,10,11 46-48:8,9,10 51-52:8,9,11 "
               "53:8,9,10,11 54:8,9,10 55:8,9,10,11 56:8,9,10 57:8,9,10,11 58:8,9,10 "
               "59:8,9,10,11 63:8,9,10 66:8,9,10 69-72:8,9,10 73:8,9,10,11 74:8,9,10 "
               "75-76:8,9,10,11 77:8,9,10 79:8,9,10,11 80:10,11 81-83:8,9,10 85:8,9,10,11 "
               "87:8,9,10,11 88:8,9,10 89:8,9,10,11 90-91:8,9,10 93-94:8,9,10 95:8,9,10,11 "
               "97:8,9,10 99:8,9,10"}),
    make_plan({"HK", "852", '\0', "001 002 006 007 008 009 00",
               "21-31:8 34-39:8 44:8 46:8 51-79:8 80:9 81-84:8 90:5,6,7,8,11 91-98:8"}),
    make_plan({"TW", "886", '0', "002 005 006 007 009 019",
               "20:7,9 22-27:8,9 28:9 32-36:8 37:8,9 38-39:8 40-43:8,9 44:9 47-48:8 49:8,9 "
               "50:9 52-54:8 55:8,9 56-58:8 60-61:8,9 62-63:8 64:8,9 65-67:8 69:8 70:10,11 "
               "71-79:8 80:8,9 82-83:8 84:8,9 87-88:8 89:8,9 90-99:9"}),
    make_plan({"KR", "82", '0', "001 002 005 006 008 009",
               "10-12:9,10 15-16:8,9,10 17:9,10 18:8,9,10 19:9,10 21-29:8,9 31-33:5,6,9,10 "
               "41-44:5,6,9,10 50:10,11 51-55:5,6,9,10 60:9 61-64:5,6,9,10 70:10 80:9"}),
    make_plan({"JP", "81", '0', "010",
               "11-19:9 20:10 22-29:9 31-39:9 42-49:9 50:10 52-69:9 70:10 72-79:9 80:10 "
               "82-89:9 90:10 92-99:9"}),
    make_plan({"IN", "91", '0', "00", "11-17:10 18:8,9,10,11,12,13 19-38:10 40-49:10 51-99:10"}),
    make_plan({"AU", "61", '0', "0011",
               "13:6,8,10,12 14:9 16:5,6,7,8,9 18:7,10 19:10 20-49:9 70-75:9 77-79:9 85-89:9"}),
    make_plan({"GB", "44", '0', "00",
               "11:10 12-19:9,10 20:10 23-24:10 28-30:10 33-34:10 37:10 55-56:10 70-79:10 "
               "80:9,10 84:7,10 87:10 90-91:10 98:10"}),
    make_plan({"US", "1", '1', "011",
               "20-28:10 30-36:10 38:10 40-48:10 50-58:10 60-68:10 70-78:10 80-88:10 90-95:10 "
               "97-98:10"}),
    make_plan({"AE", "971", '0', "00",
               "22-28:8 32-38:8 40:9 42-48:8 50:9 52:9 54-56:9 58:9 60:9 62-68:8 70:9 72-78:8 "
               "80:5,6,7,8,9,10,11,12 90:9 92-98:8"}),
};

// Entry n: what follows `n:` in a list of `number:country`.
using Countries = std::array<std::string_view, 1000>;
constexpr Countries make_countries(std::string_view list) {
  Countries countries{};
  for (size_t at = 0; at < list.size(); ++at) {
    const size_t number = take_number(list, at);
    const size_t begin = ++at;
    while (at < list.size() && list[at] != ' ') ++at;
    countries[number] = list.substr(begin, at - begin);
  }
  return countries;
}

// Assigned calling codes and the main country of each; `-` is no country. `+697` and `+698`, which
// Thai networks display before numbers that call from abroad, are not among them: such a display
// is no E.164 number, and reading it as one would blame the subscriber who is being imitated.
constexpr Countries kCallingCodes = make_countries(
    "1:US 7:RU 20:EG 27:ZA 30:GR 31:NL 32:BE 33:FR 34:ES 36:HU 39:IT 40:RO 41:CH 43:AT 44:GB "
    "45:DK 46:SE 47:NO 48:PL 49:DE 51:PE 52:MX 53:CU 54:AR 55:BR 56:CL 57:CO 58:VE 60:MY "
    "61:AU 62:ID 63:PH 64:NZ 65:SG 66:TH 81:JP 82:KR 84:VN 86:CN 90:TR 91:IN 92:PK 93:AF "
    "94:LK 95:MM 98:IR 211:SS 212:MA 213:DZ 216:TN 218:LY 220:GM 221:SN 222:MR 223:ML 224:GN "
    "225:CI 226:BF 227:NE 228:TG 229:BJ 230:MU 231:LR 232:SL 233:GH 234:NG 235:TD 236:CF "
    "237:CM 238:CV 239:ST 240:GQ 241:GA 242:CG 243:CD 244:AO 245:GW 246:IO 247:AC 248:SC "
    "249:SD 250:RW 251:ET 252:SO 253:DJ 254:KE 255:TZ 256:UG 257:BI 258:MZ 260:ZM 261:MG "
    "262:RE 263:ZW 264:NA 265:MW 266:LS 267:BW 268:SZ 269:KM 290:SH 291:ER 297:AW 298:FO "
    "299:GL 350:GI 351:PT 352:LU 353:IE 354:IS 355:AL 356:MT 357:CY 358:FI 359:BG 370:LT "
    "371:LV 372:EE 373:MD 374:AM 375:BY 376:AD 377:MC 378:SM 380:UA 381:RS 382:ME 383:XK "
    "385:HR 386:SI 387:BA 389:MK 420:CZ 421:SK 423:LI 500:FK 501:BZ 502:GT 503:SV 504:HN "
    "505:NI 506:CR 507:PA 508:PM 509:HT 590:GP 591:BO 592:GY 593:EC 594:GF 595:PY 596:MQ "
    "597:SR 598:UY 599:CW 670:TL 672:NF 673:BN 674:NR 675:PG 676:TO 677:SB 678:VU 679:FJ "
    "680:PW 681:WF 682:CK 683:NU 685:WS 686:KI 687:NC 688:TV 689:PF 690:TK 691:FM 692:MH "
    "800:- 808:- 850:KP 852:HK 853:MO 855:KH 856:LA 870:- 878:- 880:BD 881:- 882:- 883:- "
    "886:TW 888:- 960:MV 961:LB 962:JO 963:SY 964:IQ 965:KW 966:SA 967:YE 968:OM 970:PS "
    "971:AE 972:IL 973:BH 974:QA 975:BT 976:MN 977:NP 979:- 992:TJ 993:TM 994:AZ 995:GE "
    "996:KG 998:UZ ");

// Area codes of calling code 1 outside the United States.
constexpr Countries kNanpCountries = make_countries(
    "204:CA 226:CA 236:CA 242:BS 246:BB 249:CA 250:CA 263:CA 264:AI 268:AG 284:VG 289:CA "
    "306:CA 340:VI 343:CA 345:KY 365:CA 367:CA 368:CA 403:CA 416:CA 418:CA 431:CA 437:CA "
    "438:CA 441:BM 450:CA 468:CA 473:GD 474:CA 506:CA 514:CA 519:CA 548:CA 579:CA 581:CA "
    "584:CA 587:CA 600:CA 604:CA 613:CA 622:CA 639:CA 647:CA 649:TC 658:JM 664:MS 670:MP "
    "671:GU 672:CA 684:AS 705:CA 709:CA 721:SX 742:CA 753:CA 758:LC 767:DM 778:CA 780:CA "
    "782:CA 784:VC 787:PR 807:CA 809:DO 819:CA 825:CA 829:DO 849:DO 867:CA 868:TT 869:KN "
    "873:CA 876:JM 902:CA 905:CA 939:PR ");

// Entry n: the index in kPlans of calling code n, plus one; 0: none.
constexpr std::array<uint8_t, 1000> make_plan_index() {
  std::array<uint8_t, 1000> index{};
  for (size_t i = 0; i < kPlans.size(); ++i) {
    size_t at = 0;
    index[take_number(kPlans[i].calling_code, at)] = static_cast<uint8_t>(i + 1);
  }
  return index;
}
constexpr std::array<uint8_t, 1000> kPlanIndex = make_plan_index();

}  // namespace

const NumberingPlan* find_plan(std::string_view country) {
  for (const NumberingPlan& plan : kPlans) {
    if (plan.country == country) return &plan;
  }
  return nullptr;
}

std::optional<CallingCode> calling_code_of(std::string_view digits) {
  size_t code = 0;
  for (size_t size = 1; size <= 3 && size <= digits.size(); ++size) {
    code = code * 10 + static_cast<size_t>(digits[size - 1] - '0');
    const std::string_view country = kCallingCodes[code];
    if (country.empty() || digits[0] == '0') continue;
    const uint8_t plan = kPlanIndex[code];
    return CallingCode{size, country == "-" ? std::string_view() : country,
                       plan == 0 ? nullptr : &kPlans[plan - 1]};
  }
  return {};
}

std::string_view country_of_nanp(std::string_view national) {
  size_t at = 0;
  const std::string_view country = kNanpCountries[take_number(national.substr(0, 3), at)];
  return country.empty() ? "US" : country;
}

}  // namespace sieve
