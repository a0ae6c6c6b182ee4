"""What is known of real firms, and whether the model shows it. One file per fact; being here is being found."""
