"""Ideas: collected, put under challenges and goals, rated alone in a workshop, made into measures."""
