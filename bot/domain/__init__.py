"""The words of the house: what there is, what can happen to it, and who may do what. No I/O."""
