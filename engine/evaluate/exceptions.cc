#include "evaluate/exceptions.h"

namespace sieve {

bool holds(const CompiledException& exception, const ProgramInput& input) {
  const Date last_day = exception.exception->last_day;
  const bool is_over =
      last_day != kNoLastDay && input.context->zone.date_of(input.record->time()) > last_day;
  return !is_over && exception.when.run(input);
}

}  // namespace sieve
