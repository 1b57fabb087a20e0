/* python3.dll: has no code; every name of the stable ABI is forwarded to python311.dll. */
int DllMain(void *module, unsigned reason, void *reserved) { return 1; }
