// FileStamps say whether files changed, without reading them: path, inode, size and time of every
// file that a set of rules may be made of. Taken by looking rather than by being told, because that
// works alike on local disks, network file systems and directories that are switched by a link.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

namespace sieve {

// A text that differs when a file below `paths` was added, removed or written. What cannot be read
// is in it, too, as such. Hidden files and editors' leftovers are left out.
std::string file_stamps(const std::vector<std::string>& paths);

}  // namespace sieve
