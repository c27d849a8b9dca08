"""What people decide: the queue of what is worth deciding, and decisions that hold whatever the machine proposes.

queue      what waits, by how much a decision would change    items      one item and its options
duplicates incidents that may be one act, or one several      policy     queue.toml: what all of it is worth
groundings places in doubt       verdicts   open verdicts     names      words that ground to nobody
decide     decisions made of answers                          propose    the machine's proposal on claims named outright
carried    decisions taken over to newer versions of a text   places     a place named by its id
apply      decisions put into effect                          agree      double review and its agreement
export     corrections as training cases

    scored = score_view(view)                                        # queue: once a register, the costly part
    items = find_items(view, register.decisions(), scored=scored)    # queue: again after every decision
    decision = answer(items[0], "a", by="R. Haddad", at=now, why="The mill is known to us")    # decide
    store.decided.decide(team, decision, who="R. Haddad")            # kept; the next run puts it into effect
"""
