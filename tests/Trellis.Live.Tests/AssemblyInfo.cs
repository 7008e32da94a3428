// Each test runs the program in processes of its own and looks at how fast they are: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
