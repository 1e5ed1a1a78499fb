"""What a night and an extraction cost, as ratios to a peer or a bare lower bound in the same run."""
