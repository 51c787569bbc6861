// Places for the data of Python that the DuckDB library of the Python package names.
//
// That library has the database's C interface and a module for Python in one file. Its functions of
// Python are bound when they are called, which is never, but its data are bound when it is loaded.
// These places satisfy that: nothing reads them, and no Python is needed. A build of the plain library
// (libduckdb) needs none of this.

#define PLACE(name) __attribute__((used, visibility("default"))) void *name[64]

PLACE(PyBaseObject_Type);
PLACE(PyBool_Type);
PLACE(PyByteArray_Type);
PLACE(PyBytes_Type);
PLACE(PyCFunction_Type);
PLACE(PyCapsule_Type);
PLACE(PyDict_Type);
PLACE(PyExc_AttributeError);
PLACE(PyExc_BufferError);
PLACE(PyExc_DeprecationWarning);
PLACE(PyExc_Exception);
PLACE(PyExc_ImportError);
PLACE(PyExc_IndexError);
PLACE(PyExc_KeyError);
PLACE(PyExc_MemoryError);
PLACE(PyExc_ModuleNotFoundError);
PLACE(PyExc_NotImplementedError);
PLACE(PyExc_OverflowError);
PLACE(PyExc_ResourceWarning);
PLACE(PyExc_RuntimeError);
PLACE(PyExc_RuntimeWarning);
PLACE(PyExc_StopIteration);
PLACE(PyExc_SystemError);
PLACE(PyExc_TypeError);
PLACE(PyExc_UnicodeDecodeError);
PLACE(PyExc_UnicodeEncodeError);
PLACE(PyExc_ValueError);
PLACE(PyFloat_Type);
PLACE(PyFrozenSet_Type);
PLACE(PyGen_Type);
PLACE(PyInstanceMethod_Type);
PLACE(PyList_Type);
PLACE(PyLong_Type);
PLACE(PyMemoryView_Type);
PLACE(PyMethod_Type);
PLACE(PyModule_Type);
PLACE(PyObject_GenericGetDict);
PLACE(PyObject_GenericSetDict);
PLACE(PyObject_Vectorcall);
PLACE(PyObject_VectorcallMethod);
PLACE(PyProperty_Type);
PLACE(PySet_Type);
PLACE(PyTuple_Type);
PLACE(PyType_GenericNew);
PLACE(PyType_Type);
PLACE(PyUnicode_Type);
PLACE(PyVectorcall_Call);
PLACE(Py_GenericAlias);
PLACE(Py_GenericAliasType);
PLACE(Py_Version);
PLACE(_PyWeakref_RefType);
PLACE(_Py_FalseStruct);
PLACE(_Py_NoneStruct);
PLACE(_Py_NotImplementedStruct);
PLACE(_Py_TrueStruct);
