"""How fast Chronicle is, beside two peers that answer the same from the same data.

``make bench`` runs it; docs/speed.md says what is measured, and what came out.
"""
