"""How people come into an agency's care: registered at the desk, invited from a list; acts in their name; one person entered twice."""
