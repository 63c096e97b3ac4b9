//! The table of phrases: a row for each text, in English and in Chinese. `{0}`, `{1}` stand where a value is put in.

macro_rules! phrases {
    ($($phrase:ident: $english:literal, $chinese:literal;)+) => {
        /// A text of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::report) enum Phrase { $($phrase,)+ }

        impl Phrase {
            pub(super) fn both(self) -> [&'static str; 2] {
                match self { $(Phrase::$phrase => [$english, $chinese],)+ }
            }

            #[cfg(test)]
            pub(super) const ALL: &'static [(&'static str, Phrase)] = &[$((stringify!($phrase), Phrase::$phrase),)+];
        }
    };
}

phrases! {
    Named: "{0}: {1}", "{0}：{1}";
    Against: "{0} against {1}", "{0} 与 {1} 的比较";
    HowRun: "{0} replications of {1} after a warm-up of {2}, intervals at {3} %", "{0} 次重复运行，每次 {1}，预热 {2}，置信度 {3} %";
    Seed: "seed {0}", "随机种子 {0}";
    Begins: "the run begins {0}", "运行开始于 {0}";
    Sentence: "{0} {1}.", "{0}：{1}。";
    MakesAlone: "makes {0} good parts an hour", "每小时生产合格品 {0} 件";
    EnergyAlone: "each good part takes {0}", "每件合格品能耗 {0}";
    NothingKnown: "has no known throughput", "产出率未知";
    MakesInstead: "makes {0} instead of {1} good parts an hour", "每小时生产合格品 {0} 件，原为 {1} 件";
    ByChange: " ({0})", "（{0}）";
    MakesUnsure: "makes {0} against {1} good parts an hour, but there are too few replications to tell", "每小时生产合格品 {0} 件，基准为 {1} 件，但重复运行次数太少，无法判断";
    NoMoreMade: "shows no difference in throughput: {0} against {1} good parts an hour", "产出率未见差异：每小时合格品 {0} 件，基准为 {1} 件";
    BetweenEnds: " (the difference is between {0} and {1})", "（差值在 {0} 与 {1} 之间）";
    SoonerOut: "parts leave the line after {0} less time", "流程时间缩短 {0}";
    LaterOut: "parts leave the line after {0} more time", "流程时间延长 {0}";
    LessEnergy: "each good part takes {0} less energy", "每件合格品能耗降低 {0}";
    MoreEnergy: "each good part takes {0} more energy", "每件合格品能耗增加 {0}";
    NotComparable: "cannot be compared with the baseline", "无法与基准比较";
    Costs: " It costs {0}.", "投资 {0}。";
    BestOf: "Of {0} lines, {1} has the best {2} ({3})", "共 {0} 条产线，{2}最好的是{1}（{3}）";
    NotToldApart: ", but it cannot be told apart from {0}", "，但与{0}无法区分";
    FullStop: ".", "。";
    Plans: "Plan", "平面图";
    Before: "before", "改造前";
    After: "after", "改造后";
    PlanDesc: "Plan of {0}, drawn to scale. The percentage is the share of time at work.", "{0}的平面图，按比例绘制。百分数为工作时间占比。";
    AtWork: "at work {0}", "工作 {0}";
    ContentsAre: "contents {0}", "在制 {0} 件";
    ForestTitle: "Differences from the baseline, with intervals", "与基准的差异及置信区间";
    ForestAxis: "change against the baseline; zero is no change", "相对基准的变化；零表示无变化";
    Decision: "Decision", "决策";
    Sensitivity: "What a little better would be worth", "小幅改进值多少";
    GainIn: "Change in {0} if one thing were a little better", "只改进一处时{0}的变化";
    IfThis: "if this", "改进对象";
    WereBetter: "were better", "改进内容";
    FirstDifference: "First difference of {0} from the baseline: {1}.", "{0}与基准的首个差异：{1}。";
    PartAt: "{0} after the start; before: {1}; after: {2}", "开始后 {0}；改造前：{1}；改造后：{2}";
    PartNothing: "nothing", "无事件";
    PartNever: "none, event by event, in the first replication", "第一次重复运行中没有任何事件不同";
    PartNeverShared: "none, event by event, in the first replication of the elements that both lines have", "第一次重复运行中，两条产线共有的设备没有任何事件不同";
    PartProducts: "not searched, since the lines make other products", "未比较，因为两条产线的产品不同";
    PartElements: "not searched, since the lines have no element in common", "未比较，因为两条产线没有同名的设备";
    IfThisFails: "{0}, {1}: {2}", "{0}，{1}：{2}";
    NothingBetter: "Nothing in this line can be made a little better by itself.", "本产线中没有可以单独小幅改进的地方。";
    SensitivityNote: "The line ran again on the same random numbers with one thing better at a time. Each difference has {0} % confidence (Bonferroni), so that all of a figure hold together with {1} %.", "每次只改进一处，用相同的随机数重新运行。每个差值的置信度为 {0} %（Bonferroni），因此同一指标的所有差值同时成立的置信度为 {1} %。";
    NoGainSeen: "{0} more rows show no difference.", "另有 {0} 行未见差异。";
    Line: "line", "产线";
    Rank: "rank", "名次";
    RankedBy: "Ranked by {0}", "按{0}排名";
    RanksNote: "All ranks hold together with {0} % confidence. Lines with several ranks cannot be told apart.", "所有名次同时成立的置信度为 {0} %。有多个名次的产线之间无法区分。";
    TradeoffTitle: "Trade-off between figures (Pareto front)", "指标之间的权衡（帕累托前沿）";
    OnFront: "no other is better in all", "没有其他产线在所有指标上更好";
    BeatenByMeans: "beaten, but not for certain", "较差，但不确定";
    BeatenBy: "beaten by {0}", "不如{0}";
    WhichPays: "Which change pays: {0}", "哪项改造有效：{0}";
    ChangeMade: "change", "改造";
    Alone: "alone", "单独实施";
    LostWithout: "lost without it", "缺少时的损失";
    ShapleyShare: "share of the whole", "在总变化中的份额";
    AllOrders: "A share is what a change adds, averaged over all orders of the changes (Shapley). The shares add up to the whole.", "份额是该项改造在所有实施顺序下的平均贡献（夏普利值）。各份额之和等于总变化。";
    DrawnOrders: "A share is what a change adds, averaged over orders of the changes that were drawn (Shapley). The shares add up to the whole.", "份额是该项改造在抽取的实施顺序下的平均贡献（夏普利值）。各份额之和等于总变化。";
    Together: "{0} and {1} together against the sum of each alone: {2}.", "{0}与{1}同时实施，相对各自单独实施之和：{2}。";
    Figures: "Figures", "指标";
    Figure: "figure", "指标";
    Mean: "mean", "均值";
    Unit: "unit", "单位";
    Difference: "difference", "差值";
    Change: "change", "变化";
    Verdict: "verdict", "结论";
    FiguresNote: "Means over {0} replications; below them the half width of the interval at {1} %. A verdict says what the interval allows.", "{0} 次重复运行的均值；其下为 {1} % 置信区间的半宽。结论只说区间所允许的内容。";
    Expected: "expected", "期望";
    Found: "found", "结果";
    Outcome: "outcome", "判定";
    Unknown: "unknown", "未知";
    ByPeriod: "By period", "按时段";
    Shift: "shift", "班次";
    HourOfDay: "hour of the day", "时刻";
    Day: "day", "日期";
    TariffPeriod: "period of the tariff", "电价时段";
    Hours: "hours", "小时";
    ScheduledHours: "scheduled hours", "计划工时";
    NoShift: "no shift", "无班次";
    Operations: "operations", "加工次数";
    ElementOee: "OEE", "设备 OEE";
    Utilisation: "utilisation", "利用率";
    Missing: "people or tools missing", "缺人或缺工装";
    ShiftNote: "A part counts in the shift in which it leaves the line, not in those that worked on it. Breaks belong to their shift.", "零件计入其离开产线时所在的班次，而不是加工时的班次。休息时间属于所在班次。";
    PeriodNote: "A part counts in the time in which it leaves the line, by the clock of the line.", "零件计入其离开产线的时段，按产线所在时区的时钟计算。";
    Why: "Why", "原因";
    Bottleneck: "Bottleneck over time", "瓶颈随时间的变化";
    BottleneckNote: "The darker, the larger the share of time in which the station is the momentary bottleneck: the one with the longest active period. One replication.", "颜色越深，该工位作为瞬时瓶颈（活动期最长的工位）的时间占比越大。一次运行。";
    SoleShifting: "{0} sole, {1} shifting", "独占 {0}，转移 {1}";
    NoBottleneck: "No station is ever active.", "没有任何工位处于活动状态。";
    ArrowsAgree: "{0}: the arrow method, which compares blocked and starved times, names {1} too.", "{0}：比较堵塞与待料时间的箭头法也指向 {1}。";
    ArrowsDiffer: "{0}: the arrow method, which compares blocked and starved times, names {1}; the active periods name {2}. Neither is proof.", "{0}：比较堵塞与待料时间的箭头法指向 {1}；活动期法指向 {2}。两者都不是证明。";
    StateShares: "Time in each state", "各状态的时间占比";
    ShareOfTime: "share of time", "时间占比";
    MoreElements: "And {0} more elements: --format json has them all.", "另有 {0} 个元素：--format json 包含全部。";
    Energy: "Energy", "能耗";
    EnergyUnknown: "No element says what it draws, so energy is unknown. Give each its `power`.", "没有元素给出功率，因此能耗未知。请为各元素填写 `power`。";
    LoadProfile: "Load profile of a day", "日负荷曲线";
    TimeOfDay: "time of day, h", "一天中的时刻，h";
    PowerKw: "mean power in 15 min, kW", "15 分钟平均功率，kW";
    LoadNote: "Thick: mean over the days of one replication. Thin: the highest day. Dashed: the peak of the figures, in a window of 15 min that slides.", "粗线：一次运行各天的均值。细线：最高的一天。虚线：指标中的峰值（滑动 15 分钟窗口）。";
    EnergyLeftOut: "Left out, since the energy of a carrier that they draw is not known: {0}.", "未计入（其所用某种能源介质的单位能量未知）：{0}。";
    NoQuarter: "The window has no whole quarter hour, so there is no load profile. Run for longer.", "统计窗口内没有完整的一刻钟，因此没有负荷曲线。请延长运行时间。";
    PeakIs: "peak {0}", "峰值 {0}";
    ElementHead: "element", "元素";
    AtPeak: "At the peak", "峰值时刻";
    AtPeakNote: "Mean electric power in the 15 minutes from {0} on, in which one replication drew most: {1}.", "一次运行中用电最多的 15 分钟（自 {0} 起）的平均电功率，合计 {1}。";
    ShareOfPeak: "share", "占比";
    SankeyTitle: "Energy by element and state: {0}", "按元素和状态划分的能耗：{0}";
    Others: "others", "其他";
    Flow: "Flow", "流动";
    ThroughputOverTime: "Throughput over time", "产出率随时间的变化";
    GoodPerHour: "good parts, 1/h", "合格品，1/h";
    RunTime: "time since the start of the run, {0}", "运行时间，{0}";
    WarmUp: "warm-up", "预热";
    WipOverTime: "Work in process over time", "在制品随时间的变化";
    PartsInside: "parts", "件";
    WipNote: "Lines are means of each of {0} bins of {1}, bands the lowest and the highest value. One replication.", "线为 {0} 个时间段（每段 {1}）的均值，带为最低与最高值。一次运行。";
    LeadTimes: "Lead times", "流程时间";
    LeadTimeAxis: "lead time, {0}", "流程时间，{0}";
    ShareOfParts: "share of parts in a class, %", "各组零件占比，%";
    NoParts: "No good part left the line after the warm-up.", "预热后没有合格品离开生产线。";
    Levels: "Buffer levels", "缓冲区存量";
    LevelNote: "mean {0}, max {1}", "均值 {0}，最大 {1}";
    Hour: "An hour", "一小时";
    HourNote: "From {0} to {1} of the first replication.", "第一次运行的 {0} 至 {1}。";
    HourCut: "So much happens that the excerpt ends early.", "事件过多，片段提前结束。";
    NothingInHour: "The excerpt is empty: it begins when the run is over.", "片段为空：它在运行结束之后开始。";
    Play: "Play", "播放";
    Pause: "Pause", "暂停";
    Speed: "speed", "速度";
    Position: "position", "位置";
    ReplayDesc: "Replay of {0}: the states at the beginning of the excerpt.", "{0}的回放：片段开始时的状态。";
    GanttTitle: "States of {0}", "{0}的状态";
    GanttRows: "The first {0} of {1} elements with states.", "前 {0} 个有状态的元素，共 {1} 个。";
    Minutes: "minutes since {0} after the start of the run", "自运行 {0} 起的分钟数";
    Certainty: "How sure", "可信度";
    Replications: "Replications: {0}", "重复运行：{0}";
    CertaintyNote: "A dot is one replication; the bar below is the mean with its interval at {0} %. An interval covers chance alone, not errors of the model or of its inputs.", "每个点为一次运行；下方横线为均值及其 {0} % 置信区间。区间只涵盖随机性，不涵盖模型或输入的误差。";
    WarmUpFound: "The warm-up of {0} was found by MSER.", "预热时间 {0} 由 MSER 得出。";
    WarmUpGiven: "The warm-up of {0} was given.", "预热时间 {0} 为给定值。";
    Warnings: "Warnings", "警告";
    NoWarnings: "No warnings.", "没有警告。";
    Try: "try: {0}", "建议：{0}";
    Inputs: "Inputs", "输入";
    Provenance: "Where the numbers come from", "数据来源";
    NoProvenance: "The layouts do not say where their numbers come from (`provenance`).", "布局文件没有说明数据来源（`provenance`）。";
    Changes: "What was changed", "改动内容";
    Cost: "cost", "费用";
    AllChanges: "all of them", "合计";
    Repeat: "To repeat this page, in the folder of the files", "在文件所在目录运行以下命令可重现本页";
    Files: "Files", "文件";
    NotText: "not a text", "不是文本";
    TooLong: "too long to be shown here", "过长，此处不显示";
    Footer: "Made by Taktwin {0} · seed {1} · SHA-256 of the inputs {2}", "由 Taktwin {0} 生成 · 随机种子 {1} · 输入的 SHA-256 {2}";
    ZoomLeft: "to the left", "左移";
    ZoomOut: "zoom out", "缩小";
    ZoomIn: "zoom in", "放大";
    ZoomRight: "to the right", "右移";
    ZoomAll: "show all", "显示全部";
    Contents: "Contents", "目录";
}
