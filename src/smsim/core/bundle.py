"""Several arrays in one hand, as kernels take them.

Compiled code gets one pointer to a list of where the arrays lie and how long they are. A named tuple would do the same, but passes
seven numbers per array with every call, which made up half of the time of compiling and most of that of launching.
"""

from __future__ import annotations

import hashlib
from typing import Any, Self

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import make_array, populate_array

from smsim.core.kernel import COMPILED


class Bundle:
    """One-dimensional arrays, each an attribute, in the order in which a subclass declares them. Made anew when one has been replaced."""

    def __init__(self, *arrays: Any, known: BundleType | None = None) -> None:
        self.arrays = arrays
        names = tuple(type(self).__annotations__)
        vars(self).update(zip(names, arrays, strict=True))
        self._places = np.array([(a.__array_interface__["data"][0], len(a)) for a in arrays], dtype=np.intp)
        self.address = self._places.__array_interface__["data"][0]
        if COMPILED:
            self.numba_type = known or BundleType(type(self).__name__, dict(zip(names, map(numba.typeof, arrays), strict=True)))

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy points to copies of the arrays."""
        return type(self), self.arrays

    def now(self, *arrays: Any) -> Self:
        """A bundle of the same types for arrays that have taken the place of others."""
        return type(self)(*arrays, known=getattr(self, "numba_type", None))


class BundleType(types.Type):
    """What compiled code knows of a bundle: the type of each array, in order."""

    def __init__(self, name: str, arrays: dict[str, types.Array]) -> None:
        self.arrays = arrays
        digest = hashlib.blake2b(repr(sorted((key, str(kind)) for key, kind in arrays.items())).encode(), digest_size=6)
        super().__init__(f"{name}.{digest.hexdigest()}")


@register_model(BundleType)
class _Pointer(models.PrimitiveModel):
    """A pointer to pairs (address, length)."""

    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


@typeof_impl.register(Bundle)
def _type_of(bundle: Bundle, _context: Any) -> BundleType:
    return bundle.numba_type


@unbox(BundleType)
def _unbox(_kind: Any, bundle: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(bundle, "address")
    pointer = c.pyapi.long_as_voidptr(address)
    c.pyapi.decref(address)
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _Attributes(AttributeTemplate):
    key = BundleType

    def generic_resolve(self, kind: BundleType, name: str) -> Any:
        return kind.arrays.get(name)


def _load(builder: Any, places: Any, at: int) -> Any:
    word = builder.load(cgutils.gep(builder, places, at))
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


@lower_getattr_generic(BundleType)
def _lower(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    """Put the array's pointer and length together; they never change while a kernel runs."""
    found, word = kind.arrays[name], context.get_value_type(types.intp)
    places = builder.bitcast(value, word.as_pointer())
    at = 2 * list(kind.arrays).index(name)
    data, length = _load(builder, places, at), _load(builder, places, at + 1)
    array = make_array(found)(context, builder)
    size = context.get_abi_sizeof(context.get_data_type(found.dtype))
    itemsize = context.get_constant(types.intp, size)
    populate_array(array, data=builder.inttoptr(data, array.data.type), shape=[length], strides=[itemsize], itemsize=itemsize,
                   meminfo=None)
    return array._getvalue()  # noqa: SLF001 (numba's own name for it)
