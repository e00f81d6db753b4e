/**
 * How to install what the native part needs, by component. Package names are those of the
 * distributions; the third way is for every other system.
 *
 * @type {Readonly<Record<'compiler' | 'python' | 'pip', string>>}
 */
export const INSTALL_HINTS = Object.freeze({
  compiler:
    'Debian/Ubuntu: apt-get install g++ · Fedora: dnf install gcc-c++ · other: any GCC ≥ 9 or Clang ≥ 10; CXX names a compiler that is not on the PATH',
  python:
    'Debian/Ubuntu: apt-get install python3 python3-pip · Fedora: dnf install python3 python3-pip · other: any Python ≥ 3.8 with pip, as python3 on the PATH',
  pip: 'Debian/Ubuntu: apt-get install python3-pip · Fedora: dnf install python3-pip · other: python3 -m ensurepip',
});
