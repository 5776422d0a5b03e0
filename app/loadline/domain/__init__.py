"""The words of Loadline as types: pure, without I/O, asyncio or Qt."""
