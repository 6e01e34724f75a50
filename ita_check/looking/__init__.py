"""Whether evidence is really there: pages, documents, links. Nothing else knows the network."""
