"""What answers mean for a buyer: the comparison of vendors, follow-up questions, a policy and its verdict."""
