"""What people decide: the queue of what is worth deciding, and decisions that hold whatever the machine proposes.

queue      what waits, by how much a decision would change: `find_items`    items      one item and its options
duplicates incidents that may be one act, or one that may be several        policy     queue.toml, what all is worth
groundings places in doubt       verdicts   contested verdicts              names      words that ground to nobody
decide     decisions made of answers: `answer`, `make_decision`
apply      decisions put into effect on tellings and assessments            agree      double review and its agreement
export     corrections as training cases
"""
