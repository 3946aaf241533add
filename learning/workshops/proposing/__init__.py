"""Proposes days, rooms and trainers for requested workshops; pure: no table, clock or request is touched.

A proposal changes nothing. Costs are points of `prices`; the smaller the better.
"""
