namespace sieve {}
