#include "server/admin/demo/place_tables.hpp"

#include <array>

namespace ruhu::demo {
namespace {

using Names = std::string_view;

constexpr auto kRoads = std::to_array<Names>({
    "云栖路", "锦澜路",   "听潮路", "榕荫路", "石埕路", "灯塔西路", "渡口街", "盐仓街", "书院路", "望海路",
    "红砖街", "刺桐西路", "古井路", "桥南路", "织机路", "荔枝街",   "南薰路", "晚渡路", "青砖街", "学仕路",
});

constexpr auto kLanes = std::to_array<Names>({
    "井头巷", "顶厝巷", "下厝巷", "祠堂边", "榕树脚", "后埕", "石埕角", "大埔巷", "溪仔墘", "田中央",
    "门口田", "新厝巷", "塘边",   "桥仔头", "东头",   "西头", "宫口",   "洋尾",   "内厝",   "园仔内",
});

constexpr auto kEstates = std::to_array<Names>({
    "锦绣澜庭",
    "云山雅筑",
    "听涛花园",
    "和悦名邸",
    "翠屿新城",
    "书香里",
    "金桂家园",
    "海棠湾畔",
    "明月轩",
    "榕城一品",
    "星河左岸",
    "紫薇苑",
    "朗月府",
    "橙子公寓",
    "春和景园",
    "南洋印象",
});

constexpr auto kResettlement = std::to_array<Names>({
    "安和新村",
    "同心家园",
    "惠民小区",
    "康宁新居",
    "福泽小区",
    "顺安家园",
    "乐居新村",
    "新桥安置小区",
    "民悦家园",
    "团圆里",
    "祥和新村",
    "东埔安置小区",
});

constexpr auto kVillages = std::to_array<Names>({
    "顶社",
    "下尾厝",
    "石井头",
    "东塘角",
    "榕脚社",
    "前埔",
    "后坑",
    "林厝埕",
    "沙岗",
    "井上",
    "浦边",
    "横塘",
    "圳头",
    "田墘",
    "山腰社",
    "西洋",
});

constexpr auto kCompanies = std::to_array<Names>({
    "安屿物业服务有限公司",
    "邻里物业管理有限公司",
    "和畅物业服务有限公司",
    "泉润物业管理有限公司",
    "居委会代管",
    "顺家物业服务有限公司",
});

constexpr auto kCommunities =
    std::to_array<Names>({"溪霖社区", "锦埔社区", "榕湾社区", "石渡社区", "南薰社区", "海埕社区"});

constexpr auto kTowns = std::to_array<HomeTown>({
    {"350524", "福建省安溪县", 40},         {"350525", "福建省永春县", 26}, {"350521", "福建省惠安县", 24},
    {"350583", "福建省南安市", 30},         {"350582", "福建省晋江市", 45}, {"350481", "福建省永安市", 12},
    {"360781", "江西省瑞金市", 34},         {"360121", "江西省南昌县", 22}, {"361102", "江西省上饶市信州区", 24},
    {"411721", "河南省西平县", 40},         {"411626", "河南省淮阳县", 22}, {"421083", "湖北省洪湖市", 24},
    {"422801", "湖北省恩施市", 18},         {"430181", "湖南省浏阳市", 16}, {"433101", "湖南省吉首市", 10},
    {"500101", "重庆市万州区", 38},         {"511321", "四川省南部县", 40}, {"513436", "四川省美姑县", 8},
    {"522121", "贵州省遵义县", 36},         {"522701", "贵州省都匀市", 18}, {"532501", "云南省个旧市", 12},
    {"450881", "广西壮族自治区桂平市", 14}, {"341225", "安徽省阜南县", 26}, {"620123", "甘肃省榆中县", 8},
    {"610124", "陕西省周至县", 8},          {"370982", "山东省新泰市", 6},  {"230102", "黑龙江省哈尔滨市道里区", 3},
});

constexpr auto kTownships = std::to_array<Names>({
    "城关镇东街",
    "双河镇三组",
    "石桥乡五组",
    "柳林镇二村",
    "白沙镇上湾村",
    "大坪乡一组",
    "新民镇十字村",
    "龙潭镇六组",
    "清水镇河西村",
    "马家镇四村",
    "红旗乡七组",
    "三合镇青杠村",
    "太平镇北街",
    "长岭乡二组",
});

constexpr auto kTimes = std::to_array<Names>({
    "晚上7点后",
    "周末全天",
    "工作日白天",
    "中午12点到2点",
    "晚上8点后",
    "周日上午",
    "早上9点前",
    "提前打电话",
});

constexpr auto kLanguages =
    std::to_array<Names>({"闽南话", "普通话", "闽南话", "普通话", "闽南话、普通话", "四川话", "手语"});

constexpr auto kAccess = std::to_array<Names>({
    "门铃坏,请敲门",
    "院里有狗",
    "对讲机坏,到楼下打电话",
    "走后门楼梯",
    "有婴儿,请轻敲",
    "老人听力弱,请大声",
    "电梯要刷卡,找门卫",
    "楼道灯不亮",
    "白天上夜班睡觉",
    "进门请换鞋套",
});

constexpr auto kContactNotes = std::to_array<Names>({
    "户内人员无变化。",
    "家中老人接待,资料已核对。",
    "反映楼道堆放纸箱,已劝导清理。",
    "新搬来两个月,已讲解居住证办理。",
    "询问社保缴费时间,已答复。",
    "水表处漏水,已拍照上报。",
    "孩子今年上小学,想了解报名材料。",
    "电动车在楼道充电,已提醒。",
    "住户称近期要退租。",
    "家人外出务工,春节回来。",
});

constexpr auto kAttemptNotes = std::to_array<Names>({
    "大门紧闭,留联系卡。",
    "约好周末再来。",
    "屋内有灯,敲门无人应。",
    "门禁进不去,门卫称白天没人。",
    "电话无人接听。",
});

constexpr auto kNeeds = std::to_array<NeedPhrase>({
    {"01", "M", "7d", "厨房下水道堵塞,需要疏通", 0},
    {"01", "M", "7d", "卫生间水龙头漏水,需要上门维修", 0},
    {"01", "M", "30d", "阳台门锁坏了,想换锁", 0},
    {"01", "M", "24h", "家里跳闸,请电工看一下", 0},
    {"02", "P", "7d", "午餐想订社区食堂送餐", 65},
    {"02", "P", "30d", "晚餐助餐点太远,希望就近设点", 65},
    {"03", "P", "30d", "卫生间想装扶手", 60},
    {"04", "P", "30d", "放学后孩子没人接,想报四点半课堂", 0},
    {"04", "P", "30d", "想了解附近托班名额", 0},
    {"05", "M", "7d", "希望上门量血压", 65},
    {"05", "M", "30d", "想参加免费体检", 60},
    {"06", "M", "7d", "刚失业,想找服装厂的工作", 20},
    {"06", "P", "30d", "想学电商开店", 18},
    {"07", "M", "7d", "房东不退押金,想找人调解", 0},
    {"08", "M", "30d", "独自在家心情低落,想有人聊聊", 65},
    {"09", "M", "30d", "想参加广场舞队", 50},
    {"10", "G", "30d", "楼下停车位不够", 0},
    {"10", "G", "7d", "夜里流浪狗多,希望处理", 0},
    {"10", "G", "30d", "路灯坏了两盏", 0},
    {"11", "M", "7d", "医药费负担重,想了解救助", 0},
    {"12", "M", "7d", "想办居住证,不知道带什么材料", 18},
    {"12", "M", "30d", "想给老人办优待证", 60},
    {"99", "M", "30d", "希望有人帮忙搬旧家具下楼", 60},
});

}  // namespace

std::span<const std::string_view> road_names() { return kRoads; }
std::span<const std::string_view> lane_names() { return kLanes; }
std::span<const std::string_view> estate_names() { return kEstates; }
std::span<const std::string_view> resettlement_names() { return kResettlement; }
std::span<const std::string_view> village_names() { return kVillages; }
std::span<const std::string_view> property_companies() { return kCompanies; }
std::span<const std::string_view> community_names() { return kCommunities; }
std::span<const HomeTown> home_towns() { return kTowns; }
std::span<const std::string_view> townships() { return kTownships; }
std::span<const std::string_view> best_times() { return kTimes; }
std::span<const std::string_view> languages() { return kLanguages; }
std::span<const std::string_view> access_notes() { return kAccess; }
std::span<const std::string_view> contact_notes() { return kContactNotes; }
std::span<const std::string_view> attempt_notes() { return kAttemptNotes; }
std::span<const NeedPhrase> need_phrases() { return kNeeds; }

}  // namespace ruhu::demo
