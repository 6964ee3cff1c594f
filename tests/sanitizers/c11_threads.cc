// C11 threads by POSIX threads, for TSan builds only. librdkafka uses C11 threads, which TSan of
// Clang 14 does not know: a thread it did not see start crashes in it, and locks it did not see
// look like races. The executable's definitions come before those of the C library.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <memory>

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t));
static_assert(sizeof(cnd_t) == sizeof(pthread_cond_t));
static_assert(sizeof(thrd_t) == sizeof(pthread_t));

namespace {

struct Call {
  thrd_start_t start;
  void* argument;
};

void* run(void* argument) {
  const std::unique_ptr<Call> call(static_cast<Call*>(argument));
  return reinterpret_cast<void*>(static_cast<intptr_t>(call->start(call->argument)));
}

pthread_mutex_t* mutex_of(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* condition_of(cnd_t* condition) {
  return reinterpret_cast<pthread_cond_t*>(condition);
}

int result_of(int error) {
  if (error == 0) return thrd_success;
  if (error == ETIMEDOUT) return thrd_timedout;
  return error == EBUSY ? thrd_busy : thrd_error;
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t start, void* argument) {
  auto call = std::make_unique<Call>(Call{start, argument});
  const int error = pthread_create(thread, nullptr, run, call.get());
  if (error == 0) call.release();
  return result_of(error);
}

int thrd_join(thrd_t thread, int* result) {
  void* returned = nullptr;
  const int error = pthread_join(thread, &returned);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<intptr_t>(returned));
  return result_of(error);
}

int mtx_init(mtx_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  if ((type & mtx_recursive) != 0) {
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  }
  const int error = pthread_mutex_init(mutex_of(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return result_of(error);
}

int mtx_lock(mtx_t* mutex) { return result_of(pthread_mutex_lock(mutex_of(mutex))); }
int mtx_unlock(mtx_t* mutex) { return result_of(pthread_mutex_unlock(mutex_of(mutex))); }
void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(mutex_of(mutex)); }

int cnd_init(cnd_t* condition) {
  return result_of(pthread_cond_init(condition_of(condition), nullptr));
}
int cnd_signal(cnd_t* condition) { return result_of(pthread_cond_signal(condition_of(condition))); }
int cnd_broadcast(cnd_t* condition) {
  return result_of(pthread_cond_broadcast(condition_of(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return result_of(pthread_cond_wait(condition_of(condition), mutex_of(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  return result_of(pthread_cond_timedwait(condition_of(condition), mutex_of(mutex), until));
}
void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(condition_of(condition)); }

}  // extern "C"
