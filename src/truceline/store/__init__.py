"""What is kept: originals, documents, readings and problems for good; incidents and what follows until recomputed."""
