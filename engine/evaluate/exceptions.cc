#include "evaluate/exceptions.h"

namespace sieve {

bool is_over(Date last_day, const ProgramInput& input) {
  return last_day != kNoLastDay && input.context->zone.date_of(input.record->time()) > last_day;
}

bool holds(const CompiledException& exception, const ProgramInput& input) {
  return !is_over(exception.exception->last_day, input) && exception.when.run(input);
}

}  // namespace sieve
