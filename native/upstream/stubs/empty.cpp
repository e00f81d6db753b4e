// What libraries of torch are made of that only have to be there.
