#include "evaluate/exceptions.h"

namespace sieve {

bool is_over(Date last_day, const ProgramInput& input) {
  return last_day != kNoLastDay && input.context->zone.date_of(input.record->time()) > last_day;
}

bool sees_all_links(bool reads_links, const ProgramInput& input) {
  return !reads_links || input.reader == nullptr || input.reader->has_all_urls();
}

bool holds(const CompiledException& exception, const ProgramInput& input) {
  return !is_over(exception.exception->last_day, input) && exception.when.run(input) &&
         sees_all_links(exception.when.reads_links(), input);
}

}  // namespace sieve
