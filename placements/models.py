"""After the contract: who may be asked what on the road, arrival, check-ins, and calls that somebody has to make."""
