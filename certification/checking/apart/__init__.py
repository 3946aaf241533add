"""Reading a stranger's PDF in a process of its own, with little memory and time, no database, no secrets, no network.

Nothing in here imports Django or the rest of the site.
"""
