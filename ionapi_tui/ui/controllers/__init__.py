"""What the app does when its pages ask for something, one object for each subject."""
